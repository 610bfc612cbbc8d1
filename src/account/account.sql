-- owns account account_ participant reads org_account ask protect_holder

-- :one account_add (name_key str, name str, password str, created_at i64) -> id i64
INSERT INTO account (name_key, name, password, second_step_used, epoch, is_disabled, created_at)
VALUES (?1, ?2, ?3, -1, 0, 0, ?4) RETURNING id;

-- :one account_by_key (name_key str)
--   -> id i64, name str, password str, epoch i64, is_disabled i64
SELECT id, name, password, epoch, is_disabled FROM account WHERE name_key = ?1;

-- :one account_by_id (id i64)
--   -> name str, name_key str, password str, second_step blob?, second_step_used i64,
--   epoch i64, is_disabled i64
SELECT name, name_key, password, second_step, second_step_used, epoch, is_disabled
FROM account WHERE id = ?1;

-- :one scan "stops at the first row" account_first () -> id i64
SELECT id FROM account ORDER BY id LIMIT 1;

-- :many scan "the page of all accounts; an office has tens" account_all (max i64)
--   -> id i64, name str, has_second_step i64, is_disabled i64
SELECT id, name, CASE WHEN second_step IS NULL THEN 0 ELSE 1 END, is_disabled
FROM account a WHERE name <> '' AND NOT EXISTS (SELECT 1 FROM account_held h WHERE h.account = a.id) ORDER BY name_key LIMIT ?1;

-- One that may have a role; those of people who take part may not.
-- :one account_staff_by_key (name_key str) -> id i64
SELECT id FROM account a WHERE name_key = ?1 AND NOT EXISTS (SELECT 1 FROM account_held h WHERE h.account = a.id);

-- :exec account_password_set (id i64, password str)
UPDATE account SET password = ?2, epoch = epoch + 1 WHERE id = ?1;

-- :exec account_hash_drop (id i64)
UPDATE account SET password = '' WHERE id = ?1;

-- :one account_key_get (account i64)
--   -> pepper i64, public blob, salt blob, verifier blob, slot blob, recovery blob?
SELECT pepper, public, salt, verifier, slot, recovery FROM account_key WHERE account = ?1;

-- :one scan "stops at the first row" account_key_first () -> account i64
SELECT account FROM account_key LIMIT 1;

-- :exec account_key_put (account i64, pepper i64, public blob, salt blob, verifier blob, slot blob)
INSERT INTO account_key (account, pepper, public, salt, verifier, slot) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (account) DO UPDATE SET pepper = excluded.pepper, public = excluded.public, salt = excluded.salt,
	verifier = excluded.verifier, slot = excluded.slot,
	recovery = CASE WHEN account_key.public = excluded.public THEN account_key.recovery END;

-- :exec account_key_recovery_put (account i64, recovery blob)
UPDATE account_key SET recovery = ?2 WHERE account = ?1;

-- :exec account_key_drop (account i64)
DELETE FROM account_key WHERE account = ?1;

-- :exec account_second_step_set (id i64, second_step blob?, used i64)
UPDATE account SET second_step = ?2, second_step_used = ?3 WHERE id = ?1;

-- :exec account_second_step_use (id i64, step i64)
UPDATE account SET second_step_used = ?2 WHERE id = ?1 AND second_step_used < ?2;

-- :exec account_disabled_set (id i64, is_disabled i64)
UPDATE account SET is_disabled = ?2, epoch = epoch + 1 WHERE id = ?1;

-- :exec account_epoch_next (id i64)
UPDATE account SET epoch = epoch + 1 WHERE id = ?1;

-- :many account_roles_of (account i64) -> space i64, roles i64
SELECT space, roles FROM account_role WHERE account = ?1 ORDER BY space;

-- What waits for who answers for an organisation: past its day, and due until ${until}.
-- :one account_asks (account i64, today i64, until i64) -> late i64, soon i64
SELECT count(CASE WHEN a.due_at / 86400 < ?2 THEN 1 END), count(CASE WHEN a.due_at / 86400 BETWEEN ?2 AND ?3 THEN 1 END)
FROM org_account x JOIN ask a ON a.org = x.org WHERE x.account = ?1 AND a.is_public = 1 AND a.state <= 1;

-- :one account_handles (account i64) -> n i64
SELECT count(*) FROM protect_holder WHERE account = ?1;

-- :one account_roles_in (account i64, space i64) -> roles i64
SELECT roles FROM account_role WHERE account = ?1 AND space = ?2;

-- :many account_people_of (space i64) -> id i64, name str, roles i64, is_disabled i64
SELECT a.id, a.name, r.roles, a.is_disabled
FROM account_role r JOIN account a ON a.id = r.account WHERE r.space = ?1 ORDER BY a.name_key;

-- :one account_participant (code_key blob) -> id i64
SELECT id FROM participant WHERE code_key = ?1;

-- :one account_participant_add (code_key blob) -> id i64
INSERT INTO participant (code_key) VALUES (?1) ON CONFLICT (code_key) DO UPDATE SET code_key = excluded.code_key RETURNING id;

-- ---- accounts of those who take part ----

-- The one with which it takes part where none of its codes has a place yet.
-- :one account_held_first (account i64) -> id i64, code_key blob
SELECT p.id, p.code_key FROM account_held h JOIN participant p ON p.id = h.participant WHERE h.account = ?1 ORDER BY h.participant LIMIT 1;

-- :one account_held_count (account i64) -> n i64
SELECT count(*) FROM account_held WHERE account = ?1;

-- :one account_held_by (participant i64) -> account i64
SELECT account FROM account_held WHERE participant = ?1;

-- :exec account_held_add (participant i64, account i64)
INSERT INTO account_held (participant, account) VALUES (?1, ?2);

-- :exec account_held_drop (participant i64)
DELETE FROM account_held WHERE participant = ?1;

-- :exec account_held_clear (account i64)
DELETE FROM account_held WHERE account = ?1;

-- The row stays, empty: SQLite would give its number to the next account. name_key "#N" can be nobody's name.
-- :exec account_erase (id i64, name_key str)
UPDATE account SET name_key = ?2, name = '', password = '', second_step = NULL, is_disabled = 1, created_at = 0, epoch = epoch + 1 WHERE id = ?1;

-- :exec account_roles_put (account i64, space i64, roles i64)
INSERT INTO account_role (account, space, roles) VALUES (?1, ?2, ?3)
ON CONFLICT (account, space) DO UPDATE SET roles = excluded.roles;

-- :exec account_roles_drop (account i64, space i64)
DELETE FROM account_role WHERE account = ?1 AND space = ?2;

-- :one account_invite_add (hash blob, account i64?, space i64, roles i64, expires_at i64)
--   -> id i64
INSERT INTO account_invite (hash, account, space, roles, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- :one account_invite_by_hash (hash blob, now i64)
--   -> id i64, account i64?, space i64, roles i64
SELECT id, account, space, roles FROM account_invite
WHERE hash = ?1 AND expires_at > ?2 AND used_by IS NULL;

-- :exec account_invite_use (id i64, used_by i64)
UPDATE account_invite SET used_by = ?2 WHERE id = ?1 AND used_by IS NULL;

-- :many account_invite_open (now i64, max i64)
--   -> id i64, account i64?, space i64, roles i64, expires_at i64
SELECT id, account, space, roles, expires_at FROM account_invite
WHERE expires_at > ?1 AND used_by IS NULL ORDER BY expires_at LIMIT ?2;

-- :exec account_invite_drop (id i64)
DELETE FROM account_invite WHERE id = ?1 AND used_by IS NULL;

-- :exec account_invite_sweep (now i64)
DELETE FROM account_invite WHERE expires_at <= ?1;

-- :exec account_recovery_add (account i64, hash blob)
INSERT INTO account_recovery (account, hash) VALUES (?1, ?2);

-- :exec account_recovery_use (account i64, hash blob)
DELETE FROM account_recovery WHERE account = ?1 AND hash = ?2;

-- :exec account_recovery_clear (account i64)
DELETE FROM account_recovery WHERE account = ?1;

-- :one account_recovery_count (account i64) -> n i64
SELECT count(*) FROM account_recovery WHERE account = ?1;

-- :exec account_setup_put (hash blob, expires_at i64)
INSERT INTO account_setup_code (id, hash, expires_at) VALUES (1, ?1, ?2)
ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at;

-- :one account_setup_get (now i64) -> hash blob
SELECT hash FROM account_setup_code WHERE id = 1 AND expires_at > ?1;

-- :exec account_setup_use (hash blob)
DELETE FROM account_setup_code WHERE id = 1 AND hash = ?1;
