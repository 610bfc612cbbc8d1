-- owns record_cell record_tally record_field record_field_was record_link record reads record_entry

-- :one record_by_uid (uid str) -> id i64, form i64, ref str, state str, account i64?, participant i64?, lang str, version i64, body str, is_sample i64, created i64, changed i64
SELECT id, form, ref, state, account, participant, lang, version, body, is_sample, created_at, changed_at FROM record WHERE uid = ?1;

-- :one record_number_next (name str, year i64) -> n i64
SELECT coalesce(max(number), 0) + 1 FROM record WHERE name = ?1 AND year = ?2;

-- Without RETURNING, for which SQLite copies each page that it changes.
-- :exec record_add (uid str, name str, form i64, year i64, number i64, ref str, state str, account i64?, participant i64?,
--   lang str, ord i64, body str, is_sample i64, now i64)
INSERT INTO record (uid, name, form, year, number, ref, state, account, participant, lang, ord, version, body, is_sample, created_at, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12, ?13, ?14, ?14);

-- :one record_id (uid str) -> id i64
SELECT id FROM record WHERE uid = ?1;

-- :exec record_put (id i64, version i64, state str, ord i64, body str, ref str, now i64)
UPDATE record SET state = ?3, ord = ?4, body = ?5, ref = ?6, changed_at = ?7, version = version + 1 WHERE id = ?1 AND version = ?2;

-- :exec record_touch (id i64, now i64)
UPDATE record SET changed_at = ?2 WHERE id = ?1;

-- Also by names that they had in earlier versions.
-- :many record_fields_of (name str) -> id i64, field str
SELECT id, field FROM record_field WHERE name = ?1
UNION ALL SELECT f.id, w.was FROM record_field_was w JOIN record_field f ON f.name = w.name AND f.field = w.field WHERE w.name = ?1;

-- :one record_field_add (name str, field str) -> id i64
INSERT INTO record_field (name, field) VALUES (?1, ?2) RETURNING id;

-- :many record_cells (record i64) -> field i64, val str, nth i64
SELECT field, val, nth FROM record_cell WHERE record = ?1;

-- :exec record_cells_drop (record i64)
DELETE FROM record_cell WHERE record = ?1;

-- :exec record_cell_add (field i64, val str, ord i64, record i64, rep i64, nth i64)
INSERT INTO record_cell (field, val, ord, record, rep, nth) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :exec record_tally_add (field i64, val str, state str, n i64)
INSERT INTO record_tally (field, val, state, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (field, val, state) DO UPDATE SET n = record_tally.n + excluded.n;

-- Rows as JSON, [[field, "val", ord, record, rep, nth], …]: one statement however many there are.
-- :exec scan "the rows that are given" record_cells_add (rows str)
INSERT INTO record_cell (field, val, ord, record, rep, nth)
SELECT x.value ->> 0, x.value ->> 1, x.value ->> 2, x.value ->> 3, x.value ->> 4, x.value ->> 5 FROM json_each(?1) x;
-- :pg
INSERT INTO record_cell (field, val, ord, record, rep, nth)
SELECT (x.value ->> 0)::bigint, x.value ->> 1, (x.value ->> 2)::bigint, (x.value ->> 3)::bigint, (x.value ->> 4)::bigint, (x.value ->> 5)::bigint
FROM json_array_elements(?1::text::json) x;

-- [[field, "val", "state", n], …]
-- :exec scan "the rows that are given" record_tallies_add (rows str)
INSERT INTO record_tally (field, val, state, n)
SELECT x.value ->> 0, x.value ->> 1, x.value ->> 2, sum(x.value ->> 3) FROM json_each(?1) x GROUP BY 1, 2, 3
ON CONFLICT (field, val, state) DO UPDATE SET n = record_tally.n + excluded.n;
-- :pg
INSERT INTO record_tally (field, val, state, n)
SELECT (x.value ->> 0)::bigint, x.value ->> 1, x.value ->> 2, sum((x.value ->> 3)::bigint)::bigint FROM json_array_elements(?1::text::json) x GROUP BY 1, 2, 3
ON CONFLICT (field, val, state) DO UPDATE SET n = record_tally.n + excluded.n;

-- :exec record_link_add (from_record i64, to_record i64, kind i64)
INSERT INTO record_link (from_record, to_record, kind) VALUES (?1, ?2, ?3);

-- :many record_links (record i64) -> uid str, ref str, name str, state str, kind i64, is_from i64
SELECT r.uid, r.ref, r.name, r.state, l.kind, 1 FROM record_link l JOIN record r ON r.id = l.to_record WHERE l.from_record = ?1
UNION ALL SELECT r.uid, r.ref, r.name, r.state, l.kind, 0 FROM record_link l JOIN record r ON r.id = l.from_record WHERE l.to_record = ?1;

-- :many record_from (id i64) -> id i64, uid str, form i64, ref str, state str, lang str, is_sample i64, body str, created i64, ord i64
SELECT id, uid, form, ref, state, lang, is_sample, body, created_at, ord FROM record WHERE id > ?1 ORDER BY id LIMIT 200;

-- :exec record_order_put (id i64, ord i64)
UPDATE record SET ord = ?2 WHERE id = ?1;

-- :exec scan "the index is made anew" record_tally_clear ()
DELETE FROM record_tally WHERE 1 = 1;

-- :exec scan "the index is made anew" record_cell_clear ()
DELETE FROM record_cell WHERE 1 = 1;
