-- owns record_entry

-- :one chain_last (record i64) -> number i64, at i64, mark blob
SELECT number, at, mark FROM record_entry WHERE record = ?1 ORDER BY number DESC LIMIT 1;

-- :exec chain_add (record i64, number i64, at i64, account i64?, participant i64?, kind i64, move str, state_from str, state_to str, lang str, words str, fields str, body blob, mark blob)
INSERT INTO record_entry (record, number, at, account, participant, kind, move, state_from, state_to, lang, words, fields, body, mark)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);

-- :many chain_all (record i64) -> number i64, at i64, account i64?, participant i64?, kind i64, move str, state_from str, state_to str, lang str, words str, fields str, body blob, mark blob
SELECT number, at, account, participant, kind, move, state_from, state_to, lang, words, fields, body, mark
FROM record_entry WHERE record = ?1 ORDER BY number;
