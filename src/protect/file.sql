-- owns protect_ reads

-- A file of a draft: kept as long as the draft.
-- :exec file_wait (id blob, until_day i64)
INSERT INTO protect_file (id, until_day) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET until_day = excluded.until_day;

-- It belongs to a case now, or is no more.
-- :exec file_settle (id blob)
DELETE FROM protect_file WHERE id = ?1;

-- :exec file_expire (today i64)
DELETE FROM protect_file WHERE until_day < ?1;

-- :one file_is_known (id blob) -> n i64
SELECT 1 FROM protect_object WHERE id = ?1 UNION ALL SELECT 1 FROM protect_file WHERE id = ?1 LIMIT 1;
