-- owns record_form

-- :one shelf_by_hash (hash str) -> id i64
SELECT id FROM record_form WHERE hash = ?1;

-- :one shelf_add (name str, hash str, source str, now i64) -> id i64
INSERT INTO record_form (name, hash, source, at) VALUES (?1, ?2, ?3, ?4) RETURNING id;

-- :one shelf_source (id i64) -> name str, source str
SELECT name, source FROM record_form WHERE id = ?1;
