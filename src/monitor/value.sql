-- owns monitor_value monitor_sheet reads record

-- Rows as JSON, [["KE", 2025, "62.5", "C", "note"], …]: one statement however many there are. What is the same is not written again.
-- :exec scan "the rows that are given" value_put (source i64, rows str, is_sample i64)
INSERT INTO monitor_value (source, country, year, val, nature, note, is_sample)
SELECT ?1, x.value ->> 0, x.value ->> 1, x.value ->> 2, x.value ->> 3, x.value ->> 4, ?3 FROM json_each(?2) x WHERE 1 = 1
ON CONFLICT (source, country, year) DO UPDATE SET val = excluded.val, nature = excluded.nature, note = excluded.note, is_sample = excluded.is_sample
WHERE monitor_value.val <> excluded.val OR monitor_value.nature <> excluded.nature OR monitor_value.note <> excluded.note;
-- :pg
INSERT INTO monitor_value (source, country, year, val, nature, note, is_sample)
SELECT ?1, x.value ->> 0, (x.value ->> 1)::bigint, x.value ->> 2, x.value ->> 3, x.value ->> 4, ?3 FROM json_array_elements(?2::text::json) x WHERE 1 = 1
ON CONFLICT (source, country, year) DO UPDATE SET val = excluded.val, nature = excluded.nature, note = excluded.note, is_sample = excluded.is_sample
WHERE monitor_value.val <> excluded.val OR monitor_value.nature <> excluded.nature OR monitor_value.note <> excluded.note;

-- :many value_of_source (source i64, since i64, max i64) -> country str, year i64, val str, nature str, note str, is_sample i64
SELECT country, year, val, nature, note, is_sample FROM monitor_value WHERE source = ?1 AND year >= ?2 ORDER BY country, year LIMIT ?3;

-- :one value_last_year (source i64) -> year i64
SELECT coalesce(max(year), 0) FROM monitor_value WHERE source = ?1;

-- What is public, and how much there is of it.
-- :many value_sources (max i64) -> id i64, uid str, form i64, lang str, body str, is_sample i64, countries i64, first i64, last i64
SELECT r.id, r.uid, r.form, r.lang, r.body, r.is_sample, (SELECT count(DISTINCT v.country) FROM monitor_value v WHERE v.source = r.id),
	coalesce((SELECT min(v.year) FROM monitor_value v WHERE v.source = r.id), 0), coalesce((SELECT max(v.year) FROM monitor_value v WHERE v.source = r.id), 0)
FROM record r WHERE r.name = 'indicator_source' AND r.state = 'shown' ORDER BY r.ord, r.id LIMIT ?1;

-- The latest of each indicator for a country, and the one before.
-- :many value_latest (country str, max i64) -> uid str, form i64, lang str, body str, year i64, val str, is_sample i64, before i64, was str
SELECT r.uid, r.form, r.lang, r.body, v.year, v.val, v.is_sample,
	coalesce((SELECT x.year FROM monitor_value x WHERE x.country = v.country AND x.source = v.source AND x.year < v.year ORDER BY x.year DESC LIMIT 1), 0),
	coalesce((SELECT x.val FROM monitor_value x WHERE x.country = v.country AND x.source = v.source AND x.year < v.year ORDER BY x.year DESC LIMIT 1), '')
FROM monitor_value v JOIN record r ON r.id = v.source AND r.state = 'shown' WHERE v.country = ?1
AND NOT EXISTS (SELECT 1 FROM monitor_value x WHERE x.country = v.country AND x.source = v.source AND x.year > v.year) ORDER BY r.id LIMIT ?2;

-- :exec value_drop (source i64)
DELETE FROM monitor_value WHERE source = ?1;

-- A file that is looked at before it is brought in.
-- :exec sheet_add (uid str, source i64, account i64, file str, text str, now i64)
INSERT INTO monitor_sheet (uid, source, account, file, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- :one sheet_find (uid str, account i64) -> record str, file str, text str
SELECT r.uid, s.file, s.text FROM monitor_sheet s JOIN record r ON r.id = s.source WHERE s.uid = ?1 AND s.account = ?2;
-- :exec sheet_drop (uid str)
DELETE FROM monitor_sheet WHERE uid = ?1;
-- :exec sheet_sweep (before i64)
DELETE FROM monitor_sheet WHERE at < ?1;
-- :exec sheet_drop_of (source i64)
DELETE FROM monitor_sheet WHERE source = ?1;

-- :one value_by_ref (ref str) -> id i64
SELECT id FROM record WHERE name = 'indicator_source' AND ref = ?1 ORDER BY id LIMIT 1;
