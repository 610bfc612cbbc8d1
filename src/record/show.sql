-- owns nothing reads record account record_entry record_form

-- :one show_person (account i64) -> name str
SELECT name FROM account WHERE id = ?1;

-- :many mine_records (account i64, participant i64, most i64) -> uid str, form i64, ref str, state str, body str, changed i64
SELECT uid, form, ref, state, body, changed_at FROM record WHERE account = ?1
UNION ALL SELECT uid, form, ref, state, body, changed_at FROM record WHERE participant = ?2 ORDER BY 6 DESC LIMIT ?3;
