-- owns account_ reads account

-- ---- officers ----

-- :many scan "three rows" officer_list () -> place i64, account i64, name str, public blob?, is_ready i64
SELECT o.place, o.account, a.name, k.public,
	CASE WHEN k.recovery IS NOT NULL AND a.second_step IS NOT NULL AND a.is_disabled = 0 THEN 1 ELSE 0 END
FROM account_officer o JOIN account a ON a.id = o.account LEFT JOIN account_key k ON k.account = o.account ORDER BY o.place;

-- :exec officer_drop_all ()
DELETE FROM account_officer WHERE place > 0;

-- :exec officer_add (place i64, account i64)
INSERT INTO account_officer (place, account) VALUES (?1, ?2);

-- :one officer_account (name_key str) -> id i64, is_ready i64
SELECT a.id, CASE WHEN k.recovery IS NOT NULL AND a.second_step IS NOT NULL AND a.is_disabled = 0 THEN 1 ELSE 0 END
FROM account a LEFT JOIN account_key k ON k.account = a.id WHERE a.name_key = ?1;

-- ---- what is entrusted ----

-- :one escrow_get (account i64) -> public blob, one i64, two i64, three i64, keys blob, slot blob, on_day i64, is_whole i64
SELECT e.public, e.one, e.two, e.three, e.keys, e.slot, e.on_day, CASE WHEN k.public = e.public THEN 1 ELSE 0 END
FROM account_escrow e LEFT JOIN account_key k ON k.account = e.account WHERE e.account = ?1;

-- :exec escrow_put (account i64, public blob, one i64, two i64, three i64, keys blob, slot blob, on_day i64)
INSERT INTO account_escrow (account, public, one, two, three, keys, slot, on_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (account) DO UPDATE SET public = excluded.public, one = excluded.one, two = excluded.two, three = excluded.three,
	keys = excluded.keys, slot = excluded.slot, on_day = excluded.on_day;

-- :exec escrow_drop (account i64)
DELETE FROM account_escrow WHERE account = ?1;

-- :many scan "as many as people handle reports" escrow_of_officer (officer i64)
--   -> account i64, name str, on_day i64, asked_by i64?, asked_at i64?, asked_name str?, is_whole i64
SELECT e.account, a.name, e.on_day, q.asked_by, q.asked_at, b.name, CASE WHEN k.public = e.public THEN 1 ELSE 0 END
FROM account_escrow e JOIN account a ON a.id = e.account LEFT JOIN account_key k ON k.account = e.account
LEFT JOIN account_escrow_ask q ON q.account = e.account LEFT JOIN account b ON b.id = q.asked_by
WHERE e.one = ?1 OR e.two = ?1 OR e.three = ?1 ORDER BY a.name_key;

-- ---- what was asked ----

-- :one escrow_ask_get (account i64) -> asked_by i64, asked_at i64, name str
SELECT q.asked_by, q.asked_at, a.name FROM account_escrow_ask q JOIN account a ON a.id = q.asked_by WHERE q.account = ?1;

-- :exec escrow_ask_put (account i64, asked_by i64, asked_at i64)
INSERT INTO account_escrow_ask (account, asked_by, asked_at) VALUES (?1, ?2, ?3) ON CONFLICT (account) DO NOTHING;

-- :exec escrow_ask_drop (account i64)
DELETE FROM account_escrow_ask WHERE account = ?1;

-- :one escrow_half_get (account i64, share i64) -> half blob
SELECT half FROM account_escrow_half WHERE account = ?1 AND share = ?2;

-- :exec escrow_half_put (account i64, share i64, half blob)
INSERT INTO account_escrow_half (account, share, half) VALUES (?1, ?2, ?3)
ON CONFLICT (account, share) DO UPDATE SET half = excluded.half;

-- :exec escrow_half_drop (account i64)
DELETE FROM account_escrow_half WHERE account = ?1;
