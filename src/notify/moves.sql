-- owns notify_ reads account account_role record record_grant

-- due: by the reader's rhythm: 1 soon, 2 the next morning, 3 the next Monday.
-- :exec moves_followers (record i64, move str, soon i64, day i64, week i64)
INSERT INTO notify_move (follow, record, move, due_at)
SELECT f.id, ?1, ?2, CASE r.rhythm WHEN 1 THEN ?3 WHEN 2 THEN ?4 ELSE ?5 END
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader WHERE f.kind = 7 AND f.ref = ?1 AND f.is_confirmed = 1;

-- Who made it, where it was somebody else that moved it.
-- :exec moves_author (record i64, move str, soon i64, day i64, week i64, account i64?, actor i64)
INSERT INTO notify_move (follow, record, move, due_at)
SELECT f.id, ?1, ?2, CASE r.rhythm WHEN 1 THEN ?3 WHEN 2 THEN ?4 ELSE ?5 END
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader
WHERE f.is_confirmed = 1 AND ((f.kind = 9 AND f.ref = ?1) OR (f.kind = 8 AND f.ref = ?6 AND f.ref <> ?7
	AND NOT EXISTS (SELECT 1 FROM notify_follow x WHERE x.reader = f.reader AND x.kind = 9 AND x.ref = ?1 AND x.is_confirmed = 1)));

-- Whoever has the role, but for who moved it.
-- :exec moves_role (record i64, move str, soon i64, day i64, week i64, name str, role str, actor i64, now i64)
INSERT INTO notify_move (follow, record, move, due_at)
SELECT f.id, ?1, ?2, CASE r.rhythm WHEN 1 THEN ?3 WHEN 2 THEN ?4 ELSE ?5 END
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader JOIN account c ON c.id = f.ref
WHERE f.kind = 8 AND f.is_confirmed = 1 AND c.is_disabled = 0 AND f.ref <> ?8
AND (EXISTS (SELECT 1 FROM record_grant g WHERE g.account = f.ref AND g.name = ?6 AND g.role = ?7 AND (g.until IS NULL OR g.until > ?9))
	OR (?7 = 'staff' AND EXISTS (SELECT 1 FROM account_role o WHERE o.account = f.ref)));

-- The last step of each record; earlier ones are told with it.
-- :many moves_due (now i64, max i64) -> follow i64, kind i64, reader i64, address blob, lang str, secret blob, id i64, record i64, move str, uid str
SELECT f.id, f.kind, r.id, r.address, r.lang, r.secret, m.id, m.record, m.move, e.uid
FROM notify_move m JOIN notify_follow f ON f.id = m.follow JOIN notify_reader r ON r.id = f.reader JOIN record e ON e.id = m.record
WHERE m.due_at <= ?1 AND NOT EXISTS (SELECT 1 FROM notify_move x WHERE x.follow = m.follow AND x.record = m.record AND x.id > m.id AND x.due_at <= ?1)
ORDER BY f.id, m.record LIMIT ?2;

-- Only one house on a shared database gets to write the letter.
-- :exec moves_told (follow i64, record i64, id i64)
DELETE FROM notify_move WHERE follow = ?1 AND record = ?2 AND id <= ?3;

-- A record that is gone.
-- :exec moves_drop (record i64)
DELETE FROM notify_move WHERE record = ?1;
-- :exec moves_follow_drop (record i64)
DELETE FROM notify_follow WHERE kind IN (7, 9) AND ref = ?1;

-- :one moves_uid (record i64) -> uid str
SELECT uid FROM record WHERE id = ?1;
