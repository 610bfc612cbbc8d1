-- owns audit_case reads protect_holder account

-- :many case_audit_lines (account i64, max i64)
--   -> number i64, on_day i64, who str?, what i64, of blob, ref str?
SELECT l.number, l.on_day, a.name, l.what, l.of, r.name
FROM protect_holder h JOIN audit_case l ON l.channel = h.channel
LEFT JOIN account a ON a.id = l.account LEFT JOIN account r ON r.id = l.ref
WHERE h.account = ?1 AND h.role = 6 ORDER BY l.number DESC LIMIT ?2;

-- :one case_audit_may (account i64) -> n i64
SELECT 1 FROM protect_holder WHERE account = ?1 AND role = 6 LIMIT 1;

-- :many case_audit_of (of blob, max i64) -> number i64, on_day i64, who str?, what i64, ref str?
SELECT l.number, l.on_day, a.name, l.what, r.name FROM audit_case l
LEFT JOIN account a ON a.id = l.account LEFT JOIN account r ON r.id = l.ref
WHERE l.of = ?1 ORDER BY l.number DESC LIMIT ?2;
