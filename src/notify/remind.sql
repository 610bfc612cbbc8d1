-- owns notify_ reads protect_holder account account_role ask item item_text org_account phase space space_end space_text

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

-- :many remind_follows (kind i64, account i64, max i64) -> id i64, reader i64, is_confirmed i64
SELECT id, reader, is_confirmed FROM notify_follow WHERE kind = ?1 AND ref = ?2 ORDER BY id LIMIT ?3;

-- ---- those who run consultations ----

-- what: 1 the summary is past its promised day (a month after the end where none is promised), 2 an answer is to be looked at again, 3 what people
-- said will be deleted. step: 1 long before, 2 in the week before, 3 after, 4 a week after, 5 a month after.
-- :many scan "tens of consultations, and asks by how they stand" remind_desk_due (today i64, max i64) -> follow i64, reader i64, address blob, lang str, secret blob,
--   what i64, ref i64, due_at i64, step i64, section i64, number i64, slug str, title str
SELECT f.id, r.id, r.address, r.lang, r.secret, w.what, w.ref, w.due_at,
	CASE WHEN w.due_at / 86400 - ?1 > 7 THEN 1 WHEN w.due_at / 86400 >= ?1 THEN 2 WHEN ?1 - w.due_at / 86400 < 7 THEN 3 WHEN ?1 - w.due_at / 86400 < 30 THEN 4 ELSE 5 END,
	w.section, w.number, s.slug, CASE WHEN w.what = 2
		THEN coalesce((SELECT x.title FROM item_text x WHERE x.item = w.ref AND x.lang = r.lang), (SELECT x.title FROM item_text x JOIN item k ON k.id = x.item WHERE x.item = w.ref AND x.lang = k.lang), '')
		ELSE coalesce((SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = r.lang), (SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = s.lang), '') END
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader JOIN account c ON c.id = f.ref CROSS JOIN (
	SELECT 1 AS what, z.id AS space, z.id AS ref, 0 AS section, 0 AS number,
		coalesce(z.answer_due, z.closed_at + 30 * 86400, (SELECT max(p.ends) FROM phase p WHERE p.space = z.id AND p.actions > 1) + 30 * 86400, 0) AS due_at
	FROM space z WHERE (z.state = 2 OR (z.state = 1 AND (SELECT max(p.ends) FROM phase p WHERE p.space = z.id AND p.actions > 1) / 86400 <= ?1))
	AND NOT EXISTS (SELECT 1 FROM ask a WHERE a.space = z.id AND a.is_public = 1)
	UNION ALL SELECT 2, a.space, a.item, a.section, a.number, coalesce(a.review_at, 0) FROM ask a
	WHERE a.is_public = 1 AND a.state IN (2, 3, 5) AND a.review_at IS NOT NULL AND a.review_at / 86400 - ?1 <= 7
	UNION ALL SELECT 3, e.space, e.space, 0, 0, e.due_at FROM space_end e WHERE e.begun_at IS NULL) w
JOIN space s ON s.id = w.space LEFT JOIN notify_reminded_desk d ON d.follow = f.id AND d.what = w.what AND d.ref = w.ref AND d.due_at = w.due_at
WHERE f.kind = 6 AND f.is_confirmed = 1 AND c.is_disabled = 0 AND w.due_at > 0 AND (w.what <> 1 OR w.due_at / 86400 < ?1)
AND EXISTS (SELECT 1 FROM account_role o WHERE o.account = f.ref AND o.space IN (s.id, 0) AND (o.roles & 9) <> 0)
AND coalesce(d.step, 0) < CASE WHEN w.due_at / 86400 - ?1 > 7 THEN 1 WHEN w.due_at / 86400 >= ?1 THEN 2 WHEN ?1 - w.due_at / 86400 < 7 THEN 3 WHEN ?1 - w.due_at / 86400 < 30 THEN 4 ELSE 5 END
ORDER BY f.id, w.due_at, w.what, w.ref LIMIT ?2;

-- :exec reminded_desk_put (follow i64, what i64, ref i64, due_at i64, step i64)
INSERT INTO notify_reminded_desk (follow, what, ref, due_at, step) SELECT id, ?2, ?3, ?4, ?5 FROM notify_follow WHERE id = ?1
ON CONFLICT (follow, what, ref) DO UPDATE SET due_at = excluded.due_at, step = excluded.step
WHERE notify_reminded_desk.due_at <> excluded.due_at OR notify_reminded_desk.step < excluded.step;

-- ---- those who handle reports ----

-- Nothing is asked of any case: the letter of a day is for everybody who wants it.
-- :many scan "as many as people handle reports" remind_case_due (today i64, max i64)
--   -> follow i64, reader i64, address blob, lang str, secret blob, last_on i64
SELECT f.id, r.id, r.address, r.lang, r.secret, coalesce(d.due_at, 0)
FROM notify_follow f JOIN notify_reader r ON r.id = f.reader JOIN account c ON c.id = f.ref
LEFT JOIN notify_reminded_desk d ON d.follow = f.id AND d.what = 4 AND d.ref = 0
WHERE f.kind = 6 AND f.is_confirmed = 1 AND c.is_disabled = 0
	AND EXISTS (SELECT 1 FROM protect_holder h WHERE h.account = f.ref AND h.role IN (2, 3, 4)) AND coalesce(d.due_at, 0) < ?1
ORDER BY f.id LIMIT ?2;
