-- owns item_text item_past reads item seat document document_words

-- :one demo_last (space i64, kind i64) -> number i64
SELECT coalesce(max(number), 0) FROM item WHERE space = ?1 AND kind = ?2;

-- :one demo_seat_at (space i64, number i64) -> id i64
SELECT id FROM seat WHERE space = ?1 AND number = ?2;

-- The words of a clause go to the past before it gets others.
-- :exec demo_clause_past (item i64)
INSERT INTO item_past (item, lang, version, origin, title, body, account, at)
SELECT item, lang, version, origin, title, body, account, at FROM item_text WHERE item = ?1;

-- :exec demo_clause_text (item i64, lang str, title str, body str, at i64)
UPDATE item_text SET version = version + 1, title = ?3, body = ?4, at = ?5 WHERE item = ?1 AND lang = ?2;

-- :many demo_clause_langs (item i64) -> lang str, version i64
SELECT lang, version FROM item_text WHERE item = ?1 ORDER BY lang;
