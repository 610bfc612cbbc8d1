-- owns record_link reads record

-- :many cite_numbered (name str, year i64, number i64) -> id i64, ref str, state str
SELECT id, ref, state FROM record WHERE name = ?1 AND year = ?2 AND number = ?3;

-- kind 3: cites.
-- :exec cite_drop (record i64)
DELETE FROM record_link WHERE from_record = ?1 AND kind = 3;
-- :exec cite_add (record i64, to_record i64)
INSERT INTO record_link (from_record, to_record, kind) VALUES (?1, ?2, 3) ON CONFLICT (from_record, to_record, kind) DO NOTHING;
