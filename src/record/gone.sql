-- owns record record_entry record_cell record_link record_draft record_source record_gone

-- :one gone_record (uid str) -> id i64, name str, ref str, state str
SELECT id, name, ref, state FROM record WHERE uid = ?1;

-- :exec gone_add (record i64, uid str, name str, ref str, why i64, now i64)
INSERT INTO record_gone (record, uid, name, ref, why, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :exec gone_cells (record i64)
DELETE FROM record_cell WHERE record = ?1;

-- :exec gone_links_from (record i64)
DELETE FROM record_link WHERE from_record = ?1;

-- :exec gone_links_to (record i64)
DELETE FROM record_link WHERE to_record = ?1;

-- :exec gone_drafts (record i64)
DELETE FROM record_draft WHERE record = ?1;

-- :exec gone_sources (record i64)
DELETE FROM record_source WHERE record = ?1;

-- :exec gone_entries (record i64)
DELETE FROM record_entry WHERE record = ?1;

-- :exec gone_drop (record i64)
DELETE FROM record WHERE id = ?1;

-- :one gone_is (uid str) -> n i64
SELECT count(*) FROM record_gone WHERE uid = ?1;
