-- owns nothing reads record record_cell record_field record_tally search_record

-- 51 is FIND_MOST: as a number of its own it tells PostgreSQL to plan for a page.

-- :many find_fields (name str) -> id i64, field str
SELECT id, field FROM record_field WHERE name = ?1;

-- :many find_plain (name str, ord i64, id i64, since i64, states str)
--   -> id i64, uid str, form i64, ref str, state str, ord i64, lang str, body str, is_sample i64
SELECT id, uid, form, ref, state, ord, lang, body, is_sample FROM record
WHERE name = ?1 AND (ord, id) < (?2, ?3) AND ord >= ?4 AND replace(?5, '|' || state || '|', '') <> ?5
ORDER BY ord DESC, id DESC LIMIT 51;

-- The rarest value leads; the others are looked up for each record that has it. field 0: no other.
-- :many find_cells (field i64, val str, ord i64, id i64, since i64, states str, f1 i64, v1 str, f2 i64, v2 str, f3 i64, v3 str)
--   -> id i64, uid str, form i64, ref str, state str, ord i64, lang str, body str, is_sample i64
SELECT r.id, r.uid, r.form, r.ref, r.state, r.ord, r.lang, r.body, r.is_sample
FROM record_cell c JOIN record r ON r.id = c.record
WHERE c.field = ?1 AND c.val = ?2 AND (c.ord, c.record) < (?3, ?4) AND c.ord >= ?5 AND c.nth = 0
AND replace(?6, '|' || r.state || '|', '') <> ?6
AND (?7 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?7 AND x.val = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?9 AND x.val = ?10))
AND (?11 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?11 AND x.val = ?12))
ORDER BY c.ord DESC, c.record DESC LIMIT 51;

-- Two values of which neither is much rarer: their lists are walked side by side, so that two that never meet
-- cost a walk and not a look-up for each record.
-- :many find_both (field i64, val str, f1 i64, v1 str, ord i64, id i64, since i64, most i64) -> ord i64, id i64
SELECT ord, record FROM record_cell WHERE field = ?1 AND val = ?2 AND (ord, record) < (?5, ?6) AND ord >= ?7
INTERSECT
SELECT ord, record FROM record_cell WHERE field = ?3 AND val = ?4 AND (ord, record) < (?5, ?6) AND ord >= ?7
ORDER BY 1 DESC, 2 DESC LIMIT ?8;
-- :pg
SELECT DISTINCT a.ord, a.record FROM record_cell a JOIN record_cell b ON b.ord = a.ord AND b.record = a.record
WHERE a.field = ?1 AND a.val = ?2 AND (a.ord, a.record) < (?5, ?6) AND a.ord >= ?7
AND b.field = ?3 AND b.val = ?4 AND (b.ord, b.record) < (?5, ?6) AND b.ord >= ?7
ORDER BY a.ord DESC, a.record DESC LIMIT ?8;

-- ids: [1, 2, …]
-- :many scan "the records that are given" find_these (ids str, states str, f1 i64, v1 str, f2 i64, v2 str)
--   -> id i64, uid str, form i64, ref str, state str, ord i64, lang str, body str, is_sample i64
SELECT r.id, r.uid, r.form, r.ref, r.state, r.ord, r.lang, r.body, r.is_sample
FROM json_each(?1) j JOIN record r ON r.id = j.value
WHERE replace(?2, '|' || r.state || '|', '') <> ?2
AND (?3 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?3 AND x.val = ?4))
AND (?5 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?5 AND x.val = ?6))
ORDER BY r.ord DESC, r.id DESC;
-- :pg
SELECT r.id, r.uid, r.form, r.ref, r.state, r.ord, r.lang, r.body, r.is_sample
FROM json_array_elements_text(?1::text::json) j JOIN record r ON r.id = j.value::bigint
WHERE replace(?2, '|' || r.state || '|', '') <> ?2
AND (?3 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?3 AND x.val = ?4))
AND (?5 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?5 AND x.val = ?6))
ORDER BY r.ord DESC, r.id DESC;

-- Newest arrival first.
-- :many find_words (words str, id i64, name str, since i64, before i64, states str, f1 i64, v1 str, f2 i64, v2 str, f3 i64, v3 str, f4 i64, v4 str)
--   -> id i64, uid str, form i64, ref str, state str, ord i64, lang str, body str, is_sample i64
SELECT r.id, r.uid, r.form, r.ref, r.state, r.ord, r.lang, r.body, r.is_sample
FROM search_record s CROSS JOIN record r ON r.id = s.rowid
WHERE s.search_record MATCH ?1 AND s.rowid < ?2 AND r.name = ?3 AND r.ord >= ?4 AND r.ord < ?5
AND replace(?6, '|' || r.state || '|', '') <> ?6
AND (?7 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?7 AND x.val = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?9 AND x.val = ?10))
AND (?11 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?11 AND x.val = ?12))
AND (?13 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?13 AND x.val = ?14))
ORDER BY s.rowid DESC LIMIT 51;
-- :pg
SELECT r.id, r.uid, r.form, r.ref, r.state, r.ord, r.lang, r.body, r.is_sample
FROM (SELECT id FROM search_record WHERE words @@ ?1::text::tsquery AND id < ?2 OFFSET 0) s JOIN record r ON r.id = s.id
WHERE r.name = ?3 AND r.ord >= ?4 AND r.ord < ?5
AND replace(?6, '|' || r.state || '|', '') <> ?6
AND (?7 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?7 AND x.val = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?9 AND x.val = ?10))
AND (?11 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?11 AND x.val = ?12))
AND (?13 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = r.ord AND x.record = r.id AND x.field = ?13 AND x.val = ?14))
ORDER BY s.id DESC LIMIT 51;

-- :one find_size (field i64, val str, states str) -> n i64
SELECT coalesce(sum(n), 0) FROM record_tally WHERE field = ?1 AND val = ?2 AND replace(?3, '|' || state || '|', '') <> ?3;

-- :many find_values (field i64, states str, most i64) -> val str, n i64
SELECT val, sum(n) FROM record_tally WHERE field = ?1 AND n > 0 AND replace(?2, '|' || state || '|', '') <> ?2
GROUP BY val ORDER BY 2 DESC, val LIMIT ?3;

-- Of the records that have these values: which others, and how often.
-- :many find_values_within (field i64, val str, since i64, before i64, states str, f1 i64, v1 str, f2 i64, v2 str, f3 i64, v3 str, most i64)
--   -> field i64, val str, n i64
SELECT y.field, y.val, count(*) FROM record_cell c JOIN record_cell y ON y.record = c.record AND y.nth = 0 JOIN record r ON r.id = c.record
WHERE c.field = ?1 AND c.val = ?2 AND c.ord >= ?3 AND c.ord < ?4 AND c.nth = 0
AND replace(?5, '|' || r.state || '|', '') <> ?5
AND (?6 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?6 AND x.val = ?7))
AND (?8 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?8 AND x.val = ?9))
AND (?10 = 0 OR EXISTS (SELECT 1 FROM record_cell x WHERE x.ord = c.ord AND x.record = c.record AND x.field = ?10 AND x.val = ?11))
GROUP BY y.field, y.val ORDER BY 3 DESC, 2 LIMIT ?12;
