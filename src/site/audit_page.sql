-- owns site_ reads audit_line account account_held space

-- :one audit_page_first (at i64) -> number i64
SELECT number FROM audit_line WHERE at >= ?1 ORDER BY at, number LIMIT 1;

-- :one audit_page_last (before i64) -> number i64
SELECT number FROM audit_line WHERE at < ?1 ORDER BY at DESC, number DESC LIMIT 1;

-- :one audit_page_count (first i64, last i64, least i64, most i64, account i64, night i64) -> n i64
SELECT count(*) FROM audit_line
WHERE number BETWEEN ?1 AND ?2 AND what BETWEEN ?3 AND ?4 AND (?5 < 0 OR account = ?5)
AND (?6 = 0 OR at % 86400 >= 79200 OR at % 86400 < 21600);

-- :many audit_page_lines (first i64, last i64, least i64, most i64, account i64, night i64,
--   max i64, skip i64)
--   -> number i64, at i64, account i64, what i64, space i64, ref i64, n i64, is_public i64,
--   mark blob, who str?, about str?, slug str?
SELECT l.number, l.at, l.account, l.what, l.space, l.ref, l.n, l.is_public, l.mark, a.name, b.name, s.slug
FROM audit_line l
LEFT JOIN account a ON a.id = l.account
LEFT JOIN account b ON b.id = l.ref AND (l.what = 104 OR l.what BETWEEN 300 AND 399)
LEFT JOIN space s ON s.id = l.space
WHERE l.number BETWEEN ?1 AND ?2 AND l.what BETWEEN ?3 AND ?4 AND (?5 < 0 OR l.account = ?5)
AND (?6 = 0 OR l.at % 86400 >= 79200 OR l.at % 86400 < 21600)
ORDER BY l.number DESC LIMIT ?7 OFFSET ?8;

-- :one audit_page_exports (first i64, last i64) -> n i64
SELECT count(*) FROM (SELECT account FROM audit_line
WHERE number BETWEEN ?1 AND ?2 AND what BETWEEN 500 AND 599
GROUP BY account, at / 86400 HAVING count(*) > 5) t;

-- :many scan "all accounts stand in the filter; an office has tens" audit_page_people (max i64)
--   -> id i64, name str
SELECT id, name FROM account a WHERE name <> '' AND NOT EXISTS (SELECT 1 FROM account_held h WHERE h.account = a.id) ORDER BY name_key LIMIT ?1;
