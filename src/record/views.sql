-- owns record_view

-- :many views_of (name str, account i64) -> id i64, title str, query str, is_shared i64
SELECT id, title, query, is_shared FROM record_view WHERE name = ?1 AND account = ?2 ORDER BY title LIMIT 30;

-- :many views_shared (name str, account i64) -> id i64, title str, query str
SELECT id, title, query FROM record_view WHERE name = ?1 AND is_shared = 1 AND account <> ?2 ORDER BY id LIMIT 30;

-- :one views_count (name str, account i64) -> n i64
SELECT count(*) FROM record_view WHERE name = ?1 AND account = ?2;

-- :exec views_put (name str, account i64, title str, query str, is_shared i64, now i64)
INSERT INTO record_view (name, account, title, query, is_shared, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (name, account, title) DO UPDATE SET query = excluded.query, is_shared = excluded.is_shared, at = excluded.at;

-- :exec views_drop (id i64, account i64)
DELETE FROM record_view WHERE id = ?1 AND account = ?2;
