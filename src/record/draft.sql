-- owns record_draft reads record

-- :exec draft_add (uid str, form i64, account i64?, participant i64?, record i64?, version i64, base str, now i64)
INSERT INTO record_draft (uid, form, account, participant, record, version, base, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8);

-- :one draft_by_uid (uid str) -> form i64, account i64?, participant i64?, record i64?, version i64, base str, body str, at i64
SELECT form, account, participant, record, version, base, body, at FROM record_draft WHERE uid = ?1;

-- :exec draft_put (uid str, body str, now i64)
UPDATE record_draft SET body = ?2, at = ?3 WHERE uid = ?1;

-- :exec draft_drop (uid str)
DELETE FROM record_draft WHERE uid = ?1;

-- :exec draft_drop_mine (participant i64)
DELETE FROM record_draft WHERE participant = ?1;

-- :exec draft_drop_old (before i64)
DELETE FROM record_draft WHERE at < ?1;

-- :one draft_record (id i64) -> uid str
SELECT uid FROM record WHERE id = ?1;

-- :many draft_mine (account i64, participant i64) -> uid str, form i64, body str, at i64
SELECT uid, form, body, at FROM record_draft WHERE account = ?1
UNION ALL SELECT uid, form, body, at FROM record_draft WHERE participant = ?2 ORDER BY 4 DESC LIMIT 100;
