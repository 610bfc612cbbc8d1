-- owns openrosa_key openrosa_sent openrosa_part reads account account_role

-- :one openrosa_by_key (hash str) -> account i64
SELECT k.account FROM openrosa_key k JOIN account a ON a.id = k.account WHERE k.hash = ?1 AND a.is_disabled = 0;

-- :one openrosa_roles (account i64) -> n i64
SELECT count(*) FROM account_role WHERE account = ?1;

-- :exec openrosa_key_add (hash str, account i64, name str, now i64)
INSERT INTO openrosa_key (hash, account, name, made_at) VALUES (?1, ?2, ?3, ?4);

-- :many openrosa_keys_of (account i64) -> id i64, name str, made i64
SELECT id, name, made_at FROM openrosa_key WHERE account = ?1 ORDER BY id DESC LIMIT 100;

-- :one openrosa_key_count (account i64) -> n i64
SELECT count(*) FROM openrosa_key WHERE account = ?1;

-- :many scan "a few for each of a few hundred people" openrosa_keys () -> id i64, name str, made i64, account i64, person str
SELECT k.id, k.name, k.made_at, k.account, a.name FROM openrosa_key k JOIN account a ON a.id = k.account ORDER BY k.id DESC LIMIT 500;

-- :many scan "all of them: they are kept in memory" openrosa_key_hashes () -> hash str
SELECT hash FROM openrosa_key;

-- :one openrosa_key_owner (id i64) -> account i64, hash str
SELECT account, hash FROM openrosa_key WHERE id = ?1;

-- :exec openrosa_key_end (id i64)
DELETE FROM openrosa_key WHERE id = ?1;

-- :one openrosa_sent_find (name str, instance str) -> id i64, hash str, record str, body str, is_replaced i64
SELECT id, hash, record, body, is_replaced FROM openrosa_sent WHERE name = ?1 AND instance = ?2;

-- :exec openrosa_sent_add (name str, instance str, hash str, record str, body str, aside str)
INSERT INTO openrosa_sent (name, instance, hash, record, body, aside, is_replaced) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0) ON CONFLICT (name, instance) DO NOTHING;

-- :exec openrosa_sent_replaced (id i64)
UPDATE openrosa_sent SET is_replaced = 1 WHERE id = ?1;

-- :exec openrosa_sent_forget (record str)
UPDATE openrosa_sent SET aside = '' WHERE record = ?1 AND aside <> '';

-- :many openrosa_parts (name str, instance str) -> file str, hash str, account i64, uid str, answer str
SELECT file, hash, account, uid, answer FROM openrosa_part WHERE name = ?1 AND instance = ?2 ORDER BY file;

-- :exec openrosa_part_put (name str, instance str, file str, hash str, account i64, uid str, answer str, until i64)
INSERT INTO openrosa_part (name, instance, file, hash, account, uid, answer, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (name, instance, file) DO UPDATE SET hash = excluded.hash, account = excluded.account, uid = excluded.uid, answer = excluded.answer, until = excluded.until;

-- :exec openrosa_parts_end (name str, instance str)
DELETE FROM openrosa_part WHERE name = ?1 AND instance = ?2;

-- :exec scan "each night: those of a few days" openrosa_parts_late (now i64)
DELETE FROM openrosa_part WHERE until < ?1;
