-- owns audit_case

-- :exec case_line_add (number i64, on_day i64, account i64, channel i64, what i64, of blob, ref i64, mark blob)
INSERT INTO audit_case (number, on_day, account, channel, what, of, ref, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- :one scan "stops at the first row" case_line_last () -> number i64, on_day i64, mark blob
SELECT number, on_day, mark FROM audit_case ORDER BY number DESC LIMIT 1;

-- :many case_lines (number i64, max i64)
--   -> number i64, on_day i64, account i64, channel i64, what i64, of blob, ref i64, mark blob
SELECT number, on_day, account, channel, what, of, ref, mark FROM audit_case WHERE number > ?1 ORDER BY number LIMIT ?2;
