-- owns notify_ reads account ask item item_text org_account space

-- step: 1 a week before, 2 the day before, 3 the day after, 4 a week after, 5 a month after.
-- :many remind_due (today i64, max i64) -> follow i64, reader i64, address blob, lang str, secret blob, ask i64, section i64, number i64,
--   due_at i64, step i64, title str
SELECT f.id, r.id, r.address, r.lang, r.secret, a.item, a.section, a.number, coalesce(a.due_at, 0),
	CASE WHEN a.due_at / 86400 - ?1 > 1 THEN 1 WHEN a.due_at / 86400 >= ?1 THEN 2 WHEN ?1 - a.due_at / 86400 < 7 THEN 3 WHEN ?1 - a.due_at / 86400 < 30 THEN 4 ELSE 5 END,
	coalesce((SELECT x.title FROM item_text x WHERE x.item = k.id AND x.lang = r.lang), (SELECT x.title FROM item_text x WHERE x.item = k.id AND x.lang = k.lang), '')
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader JOIN account c ON c.id = f.ref JOIN org_account o ON o.account = f.ref
JOIN ask a ON a.org = o.org JOIN item k ON k.id = a.item LEFT JOIN notify_reminded d ON d.follow = f.id AND d.ask = a.item AND d.due_at = a.due_at
WHERE f.kind = 6 AND f.is_confirmed = 1 AND c.is_disabled = 0 AND a.is_public = 1 AND a.state <= 1 AND a.due_at IS NOT NULL AND a.due_at / 86400 - ?1 <= 7
AND coalesce(d.step, 0) < CASE WHEN a.due_at / 86400 - ?1 > 1 THEN 1 WHEN a.due_at / 86400 >= ?1 THEN 2 WHEN ?1 - a.due_at / 86400 < 7 THEN 3 WHEN ?1 - a.due_at / 86400 < 30 THEN 4 ELSE 5 END
ORDER BY f.id, a.due_at, a.item LIMIT ?2;

-- Only one house on a shared database gets to write the letter.
-- :exec reminded_put (follow i64, ask i64, due_at i64, step i64)
INSERT INTO notify_reminded (follow, ask, due_at, step) SELECT id, ?2, ?3, ?4 FROM notify_follow WHERE id = ?1
ON CONFLICT (follow, ask) DO UPDATE SET due_at = excluded.due_at, step = excluded.step
WHERE notify_reminded.due_at <> excluded.due_at OR notify_reminded.step < excluded.step;

-- :many remind_follows (account i64, max i64) -> id i64, reader i64, is_confirmed i64
SELECT id, reader, is_confirmed FROM notify_follow WHERE kind = 6 AND ref = ?1 ORDER BY id LIMIT ?2;
