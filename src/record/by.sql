-- owns record_grant reads account

-- :many by_grants (account i64, name str, now i64) -> role str
SELECT role FROM record_grant WHERE account = ?1 AND name = ?2 AND (until IS NULL OR until > ?3);

-- :exec by_grant (name str, role str, account i64, until i64?)
INSERT INTO record_grant (name, role, account, until) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (account, name, role) DO UPDATE SET until = excluded.until;

-- :exec by_take_back (name str, role str, account i64)
DELETE FROM record_grant WHERE name = ?1 AND role = ?2 AND account = ?3;

-- :many by_holders (name str) -> role str, account i64, person str, until i64?
SELECT g.role, g.account, a.name, g.until FROM record_grant g JOIN account a ON a.id = g.account WHERE g.name = ?1 ORDER BY g.role, a.name_key;

-- :many scan "at most a few hundred people" by_people () -> id i64, name str
SELECT id, name FROM account WHERE is_disabled = 0 ORDER BY name_key LIMIT 500;

-- :one by_person (id i64) -> name str
SELECT name FROM account WHERE id = ?1 AND is_disabled = 0;
