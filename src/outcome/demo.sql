-- owns ask ask_ reads item item_text theme

-- :one demo_item_at (space i64, kind i64, number i64) -> id i64, seat i64?
SELECT id, seat FROM item WHERE space = ?1 AND kind = ?2 AND number = ?3;

-- :one demo_theme_at (space i64, ord i64) -> id i64
SELECT id FROM theme WHERE space = ?1 AND ord = ?2;

-- :one demo_words_of (item i64) -> body str
SELECT t.body FROM item i JOIN item_text t ON t.item = i.id AND t.lang = i.lang WHERE i.id = ?1;
