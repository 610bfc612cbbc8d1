-- owns record_import record_import_part record_import_row record_import_ask record_import_word record_import_map record_source reads record

-- :one intake_add (uid str, name str, account i64, lang str, file str, head str, mapping str, now i64) -> id i64
INSERT INTO record_import (uid, name, account, lang, file, head, mapping, state, place, note, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 0, '', ?8) RETURNING id;

-- :one intake_by_uid (uid str) -> id i64, name str, account i64, lang str, file str, head str, mapping str, state i64, place i64, note str, at i64
SELECT id, name, account, lang, file, head, mapping, state, place, note, at FROM record_import WHERE uid = ?1;

-- :one intake_by_id (id i64) -> uid str, name str, account i64, lang str, mapping str, state i64, place i64
SELECT uid, name, account, lang, mapping, state, place FROM record_import WHERE id = ?1;

-- :one intake_note (id i64) -> note str
SELECT note FROM record_import WHERE id = ?1;

-- :many intake_of_form (name str, most i64) -> uid str, account i64, file str, state i64, at i64
SELECT uid, account, file, state, at FROM record_import WHERE name = ?1 ORDER BY id DESC LIMIT ?2;

-- Somebody waits for these.
-- :one intake_waiting () -> id i64
SELECT coalesce(min(id), 0) FROM record_import WHERE state = 2 OR state = 4 OR state = 6;

-- :many intake_old (before i64) -> id i64
SELECT id FROM record_import WHERE at < ?1 AND state <> 2 AND state <> 4 AND state <> 6 ORDER BY at LIMIT 20;

-- :exec intake_turn (id i64, was i64, state i64)
UPDATE record_import SET state = ?3, place = 0 WHERE id = ?1 AND state = ?2;

-- :exec intake_place_put (id i64, place i64, note str)
UPDATE record_import SET place = ?2, note = ?3 WHERE id = ?1;

-- :exec intake_mapping_put (id i64, mapping str)
UPDATE record_import SET mapping = ?2 WHERE id = ?1;

-- :exec intake_drop (id i64)
DELETE FROM record_import WHERE id = ?1;

-- :exec intake_part_add (import i64, number i64, bytes blob)
INSERT INTO record_import_part (import, number, bytes) VALUES (?1, ?2, ?3);

-- :one intake_part (import i64, number i64) -> bytes blob
SELECT bytes FROM record_import_part WHERE import = ?1 AND number = ?2;

-- :exec intake_parts_drop (import i64)
DELETE FROM record_import_part WHERE import = ?1;

-- :exec intake_row_add (import i64, number i64, line i64, verdict i64, fault i64, field str, value str, key str, uid str, body str, version i64, is_done i64)
INSERT INTO record_import_row (import, number, line, verdict, fault, field, value, key, uid, body, was, version, is_done)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '', ?11, ?12);

-- The number comes first, from the index of keys alone: SQLite would go through all rows of the import instead.
-- :one intake_key_line (import i64, key str) -> line i64
SELECT line FROM record_import_row WHERE import = ?1 AND number = (SELECT min(number) FROM record_import_row WHERE import = ?1 AND key = ?2);

-- :exec intake_rows_drop (import i64)
DELETE FROM record_import_row WHERE import = ?1;

-- :many intake_verdicts (import i64) -> verdict i64, n i64
SELECT verdict, count(*) FROM record_import_row WHERE import = ?1 GROUP BY verdict;

-- :many intake_rows (import i64, verdict i64, after i64, most i64) -> number i64, line i64, fault i64, field str, value str, uid str, body str, is_done i64
SELECT number, line, fault, field, value, uid, body, is_done FROM record_import_row
WHERE import = ?1 AND verdict = ?2 AND number > ?3 ORDER BY number LIMIT ?4;

-- :one intake_done_count (import i64) -> n i64
SELECT count(*) FROM record_import_row WHERE import = ?1 AND is_done = 1;

-- What is still to be brought in.
-- :many intake_next (import i64, after i64, most i64) -> number i64, line i64, verdict i64, key str, uid str, body str
SELECT number, line, verdict, key, uid, body FROM record_import_row
WHERE import = ?1 AND is_done = 0 AND number > ?2 AND +verdict <= 2 ORDER BY number LIMIT ?3;

-- :many intake_done (import i64, after i64, most i64) -> number i64, verdict i64, uid str, was str, version i64
SELECT number, verdict, uid, was, version FROM record_import_row
WHERE import = ?1 AND is_done = 1 AND number > ?2 ORDER BY number LIMIT ?3;

-- :exec intake_row_done (import i64, number i64, was str, version i64)
UPDATE record_import_row SET was = ?3, version = ?4, is_done = 1, body = '' WHERE import = ?1 AND number = ?2;

-- :exec intake_row_undone (import i64, number i64)
UPDATE record_import_row SET is_done = 0, was = '' WHERE import = ?1 AND number = ?2;

-- :exec intake_row_refuse (import i64, number i64, fault i64)
UPDATE record_import_row SET verdict = 4, fault = ?3 WHERE import = ?1 AND number = ?2;

-- :exec intake_ask_add (import i64, field str, word str)
INSERT INTO record_import_ask (import, field, word, n) VALUES (?1, ?2, ?3, 1)
ON CONFLICT (import, field, word) DO UPDATE SET n = record_import_ask.n + 1;

-- :many intake_asks (import i64, most i64) -> field str, word str, n i64
SELECT field, word, n FROM record_import_ask WHERE import = ?1 ORDER BY field, n DESC, word LIMIT ?2;

-- :exec intake_asks_drop (import i64)
DELETE FROM record_import_ask WHERE import = ?1;

-- :many intake_words (name str) -> field str, word str, val str
SELECT field, word, val FROM record_import_word WHERE name = ?1 ORDER BY field, word LIMIT 5000;

-- :exec intake_word_put (name str, field str, word str, val str)
INSERT INTO record_import_word (name, field, word, val) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (name, field, word) DO UPDATE SET val = excluded.val;

-- :exec intake_word_drop (name str, field str, word str)
DELETE FROM record_import_word WHERE name = ?1 AND field = ?2 AND word = ?3;

-- :one intake_map (name str, head str) -> mapping str
SELECT mapping FROM record_import_map WHERE name = ?1 AND head = ?2;

-- :exec intake_map_put (name str, head str, mapping str)
INSERT INTO record_import_map (name, head, mapping) VALUES (?1, ?2, ?3) ON CONFLICT (name, head) DO UPDATE SET mapping = excluded.mapping;

-- :one intake_source (name str, key str) -> uid str
SELECT r.uid FROM record_source s JOIN record r ON r.id = s.record WHERE s.name = ?1 AND s.key = ?2;

-- :exec intake_source_add (name str, key str, record i64)
INSERT INTO record_source (name, key, record) VALUES (?1, ?2, ?3) ON CONFLICT (name, key) DO UPDATE SET record = excluded.record;
