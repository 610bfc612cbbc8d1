-- owns space space_ ask_reply ask_reply_past edge_past item_clause reads ask edge item item_text seat vote

-- Those that are over, and what was said of their end.
-- :many scan "tens of consultations, once an hour" retire_closed () -> id i64, closed_at i64, keep_years i64, has_own i64, is_warned i64, due_at i64, warned_at i64, looks i64, looked_on i64
SELECT s.id, coalesce(s.closed_at, 0), coalesce(s.keep_years, 0), CASE WHEN s.keep_years IS NULL THEN 0 ELSE 1 END,
	CASE WHEN e.space IS NULL THEN 0 ELSE 1 END, coalesce(e.due_at, 0), coalesce(e.warned_at, 0), coalesce(e.looks, 0), coalesce(e.looked_on, 0)
FROM space s LEFT JOIN space_end e ON e.space = s.id
WHERE s.state IN (2, 3) AND s.closed_at IS NOT NULL ORDER BY s.id;

-- :exec retire_warn (space i64, due_at i64, now i64, today i64)
INSERT INTO space_end (space, due_at, warned_at, looks, looked_on, account, people, countries, contributions, replies, statements, votes, answered, unused)
VALUES (?1, ?2, ?3, 1, ?4, 0, 0, 0, 0, 0, 0, 0, 0, 0);

-- :exec retire_saw (space i64, today i64)
UPDATE space_end SET looks = looks + 1, looked_on = ?2 WHERE space = ?1 AND looked_on < ?2;

-- :exec retire_move (space i64, due_at i64)
UPDATE space_end SET due_at = ?2 WHERE space = ?1 AND begun_at IS NULL;

-- :exec retire_spare (space i64)
DELETE FROM space_end WHERE space = ?1 AND begun_at IS NULL;

-- :exec retire_state (space i64, now i64)
UPDATE space SET state = 4, changed_at = ?2 WHERE id = ?1 AND state < 4;

-- :exec retire_end (space i64, now i64, today i64, account i64)
INSERT INTO space_end (space, due_at, warned_at, looks, looked_on, begun_at, account, people, countries, contributions, replies, statements, votes, answered, unused)
SELECT s.id, ?2, ?2, 0, ?3, ?2, ?4,
	(SELECT count(*) FROM seat t WHERE t.space = s.id), (SELECT count(DISTINCT t.country) FROM seat t WHERE t.space = s.id AND t.country <> ''),
	(SELECT count(*) FROM item i WHERE i.space = s.id AND i.kind = 2 AND i.status = 1), (SELECT count(*) FROM item i WHERE i.space = s.id AND i.kind = 3 AND i.status = 1),
	(SELECT count(*) FROM item i WHERE i.space = s.id AND i.kind = 4 AND i.status = 1), (SELECT count(*) FROM vote v WHERE v.space = s.id),
	(SELECT count(*) FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = s.id AND q.kind = 1),
	(SELECT count(*) FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = s.id AND q.kind = 1 AND i.theme IS NULL
		AND NOT EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1))
FROM space s WHERE s.id = ?1
ON CONFLICT (space) DO UPDATE SET begun_at = excluded.begun_at, account = excluded.account, people = excluded.people, countries = excluded.countries,
	contributions = excluded.contributions, replies = excluded.replies, statements = excluded.statements, votes = excluded.votes,
	answered = excluded.answered, unused = excluded.unused;

-- :one retire_contributions (space i64) -> n i64
SELECT contributions FROM space_end WHERE space = ?1;

-- :one retire_begun () -> space i64
SELECT space FROM space_end WHERE begun_at IS NOT NULL AND done_at IS NULL ORDER BY space LIMIT 1;

-- :exec retire_done (space i64, now i64)
UPDATE space_end SET done_at = ?2 WHERE space = ?1 AND done_at IS NULL;

-- What those who are cited said of the asks: the words and who, not how many.
-- :exec retire_replies (space i64, max i64)
DELETE FROM ask_reply WHERE (ask, seat) IN (SELECT r.ask, r.seat FROM ask a JOIN ask_reply r ON r.ask = a.item WHERE a.space = ?1 LIMIT ?2);
-- :exec retire_replies_past (space i64, max i64)
DELETE FROM ask_reply_past WHERE id IN (SELECT r.id FROM ask a JOIN ask_reply_past r ON r.ask = a.item WHERE a.space = ?1 LIMIT ?2);
-- :exec retire_quotes (space i64, max i64)
UPDATE edge_past SET quote = '', was_quote = '' WHERE id IN (SELECT p.id FROM ask a JOIN edge_past p ON p.from_item = a.item
	WHERE a.space = ?1 AND (p.quote <> '' OR p.was_quote <> '') LIMIT ?2);
-- :exec retire_clauses (space i64, max i64)
DELETE FROM item_clause WHERE item IN (SELECT i.id FROM item i JOIN item_clause c ON c.item = i.id WHERE i.space = ?1 AND i.kind = 2 LIMIT ?2);
