-- owns audit_

-- :exec audit_line_add (number i64, at i64, account i64, what i64, space i64, ref i64, n i64,
--   is_public i64, mark blob)
INSERT INTO audit_line (number, at, account, what, space, ref, n, is_public, mark)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- :one scan "stops at the first row" audit_last () -> number i64, at i64, mark blob
SELECT number, at, mark FROM audit_line ORDER BY number DESC LIMIT 1;

-- :many audit_behind (number i64, max i64)
--   -> number i64, at i64, account i64, what i64, space i64, ref i64, n i64, is_public i64, mark blob
SELECT number, at, account, what, space, ref, n, is_public, mark
FROM audit_line WHERE number > ?1 ORDER BY number LIMIT ?2;
