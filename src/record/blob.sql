-- owns record_blob reads record record_draft

-- :exec blob_add (holder str, hash str, size i64)
INSERT INTO record_blob (holder, hash, size) VALUES (?1, ?2, ?3) ON CONFLICT (holder, hash) DO NOTHING;

-- :many blob_held (holder str) -> hash str
SELECT hash FROM record_blob WHERE holder = ?1;

-- :one blob_count_beside (holder str, hash str) -> n i64
SELECT count(*) FROM record_blob WHERE holder = ?1 AND hash <> ?2;

-- :one blob_is_held (hash str) -> n i64
SELECT 1 FROM record_blob WHERE hash = ?1 LIMIT 1;

-- :exec blob_let_go (holder str, hash str)
DELETE FROM record_blob WHERE holder = ?1 AND hash = ?2;

-- :exec blob_until (holder str, until i64)
UPDATE record_blob SET until = ?2 WHERE holder = ?1;

-- Of drafts that are no more, and of records that never came.
-- :exec scan "as many as there are files" blob_let_go_strays (now i64)
DELETE FROM record_blob WHERE until < ?1 AND NOT EXISTS (SELECT 1 FROM record r WHERE r.uid = holder)
AND NOT EXISTS (SELECT 1 FROM record_draft d WHERE d.uid = holder);

-- :many blob_from (after str) -> hash str, size i64
SELECT hash, max(size) FROM record_blob WHERE hash > ?1 GROUP BY hash ORDER BY hash LIMIT 200;
