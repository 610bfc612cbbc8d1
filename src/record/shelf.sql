-- owns record_form record_form_live record_form_po

-- :one shelf_by_hash (hash str) -> id i64
SELECT id FROM record_form WHERE hash = ?1;

-- :one shelf_add (name str, hash str, source str, now i64) -> id i64
INSERT INTO record_form (name, hash, source, at) VALUES (?1, ?2, ?3, ?4) RETURNING id;

-- :one shelf_source (id i64) -> name str, source str
SELECT name, source FROM record_form WHERE id = ?1;

-- :many scan "a few dozen forms at most" shelf_lives () -> form i64
SELECT form FROM record_form_live ORDER BY name;

-- :exec shelf_live_put (name str, form i64, now i64)
INSERT INTO record_form_live (name, form, at) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET form = excluded.form, at = excluded.at;

-- :many shelf_pos (form i64) -> lang str, text str
SELECT lang, text FROM record_form_po WHERE form = ?1;

-- :exec shelf_po_put (form i64, lang str, text str)
INSERT INTO record_form_po (form, lang, text) VALUES (?1, ?2, ?3) ON CONFLICT (form, lang) DO UPDATE SET text = excluded.text;

-- :many scan "a few dozen forms in a few versions each" shelf_ids (name str) -> id i64
SELECT id FROM record_form WHERE name = ?1 ORDER BY id DESC LIMIT 100;
