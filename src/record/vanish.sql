-- owns record record_entry record_link record_draft record_source record_gone record_blob

-- :exec vanish_add (record i64, uid str, name str, ref str, why i64, now i64)
INSERT INTO record_gone (record, uid, name, ref, why, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :exec vanish_links_from (record i64)
DELETE FROM record_link WHERE from_record = ?1;

-- :exec vanish_links_to (record i64)
DELETE FROM record_link WHERE to_record = ?1;

-- :exec vanish_drafts (record i64)
DELETE FROM record_draft WHERE record = ?1;

-- :exec vanish_files (record i64)
DELETE FROM record_blob WHERE holder = (SELECT uid FROM record WHERE id = ?1);

-- :exec vanish_sources (record i64)
DELETE FROM record_source WHERE record = ?1;

-- :exec vanish_entries (record i64)
DELETE FROM record_entry WHERE record = ?1;

-- :exec vanish_drop (record i64)
DELETE FROM record WHERE id = ?1;

-- :one vanish_is (uid str) -> n i64
SELECT count(*) FROM record_gone WHERE uid = ?1;
