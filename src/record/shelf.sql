-- owns record_form record_form_live record_form_po record_field record_field_was

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

-- A field has another name from now on; what is found by it stays under its number.
-- :exec shelf_field_rename (name str, was str, field str)
UPDATE record_field SET field = ?3 WHERE name = ?1 AND field = ?2
AND NOT EXISTS (SELECT 1 FROM record_field o WHERE o.name = ?1 AND o.field = ?3);

-- :exec shelf_was_rename (name str, was str, field str)
UPDATE record_field_was SET field = ?3 WHERE name = ?1 AND field = ?2;

-- :exec shelf_was_put (name str, was str, field str)
INSERT INTO record_field_was (name, was, field) VALUES (?1, ?2, ?3) ON CONFLICT (name, was) DO UPDATE SET field = excluded.field;
