-- owns nothing reads record

-- :one bulk_uid (id i64) -> uid str
SELECT uid FROM record WHERE id = ?1;
