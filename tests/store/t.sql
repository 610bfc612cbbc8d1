-- owns t_ audit_t search_

-- :one t_user_add (name str) -> id i64
INSERT INTO t_user (name) VALUES (?1) RETURNING id;

-- :exec t_user_put (name str)
INSERT INTO t_user (name) VALUES (?1);

-- :one t_user_name (id i64) -> name str
SELECT name FROM t_user WHERE id = ?1;

-- :one t_note_add (user i64, body str, about str?, raw blob?, rank i64?)
--   -> id i64
INSERT INTO t_note (author, body, about, raw, rank)
VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- :one t_note_get (id i64)
--   -> body str, about str?, raw blob?, rank i64?
SELECT body, about, raw, rank FROM t_note WHERE id = ?1;

-- :many t_note_page (user i64, after i64, max i64) -> id i64, body str
SELECT id, body FROM t_note WHERE author = ?1 AND id > ?2 ORDER BY id LIMIT ?3;

-- :exec t_note_rank (id i64, rank i64?)
UPDATE t_note SET rank = ?2 WHERE id = ?1;

-- :exec t_note_forget (user i64)
DELETE FROM t_note WHERE author = ?1;

-- :one t_rank_sum (user i64) -> sum i64
-- (claims that a sum is never NULL, which it is without rows)
SELECT sum(rank) FROM t_note WHERE author = ?1;

-- :one scan "a test" t_user_count () -> n i64
SELECT count(*) FROM t_user;

-- :exec audit_t_add (what str)
INSERT INTO audit_t (what) VALUES (?1);

-- :exec audit_t_forge (id i64, what str)
UPDATE audit_t SET what = ?2 WHERE id = ?1;

-- :exec audit_t_forget (id i64)
DELETE FROM audit_t WHERE id = ?1;

-- :one t_user_named (name str) -> id i64
SELECT id FROM t_user WHERE name = ?1;

-- :many t_found (words str, before i64) -> id i64
SELECT rowid FROM search_item WHERE search_item MATCH ?1 AND rowid < ?2
ORDER BY rowid DESC LIMIT 20;
-- :pg
SELECT id FROM (SELECT id FROM search_item WHERE words @@ ?1::text::tsquery AND id < ?2
OFFSET 0) hit ORDER BY id DESC LIMIT 20;

-- :many t_user_like (part str) -> name str
-- Capitals do not matter, on either database.
SELECT name FROM t_user WHERE name LIKE ?1 ORDER BY name LIMIT 20;
-- :pg
SELECT name FROM t_user WHERE name ILIKE ?1 ORDER BY name LIMIT 20;
