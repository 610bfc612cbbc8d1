-- owns record_grant

-- :many by_grants (account i64, name str, now i64) -> role str
SELECT role FROM record_grant WHERE account = ?1 AND name = ?2 AND (until IS NULL OR until > ?3);

-- :exec by_grant (name str, role str, account i64, until i64?)
INSERT INTO record_grant (name, role, account, until) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (account, name, role) DO UPDATE SET until = excluded.until;
