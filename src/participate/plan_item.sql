-- owns item item_ reads vote

-- :many plan_items (space i64, kind i64, lang str, max i64) -> id i64, number i64, status i64, lang str, title str, body str, votes i64
SELECT i.id, i.number, i.status, t.lang, t.title, t.body, (SELECT count(*) FROM vote v WHERE v.item = i.id)
FROM item i JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = ?2 AND i.is_seed = 1 AND i.status IN (0, 1, 5)
AND t.lang = coalesce((SELECT m.lang FROM item_text m WHERE m.item = i.id AND m.lang = ?3), i.lang)
ORDER BY i.number LIMIT ?4;

-- :many plan_item_langs (space i64, kind i64) -> item i64, lang str
SELECT t.item, t.lang FROM item i JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = ?2 AND i.is_seed = 1 ORDER BY i.number, t.lang;

-- :one plan_item_words (item i64, lang str) -> title str, body str
SELECT title, body FROM item_text WHERE item = ?1 AND lang = ?2;

-- :one plan_item_is (id i64, space i64, kind i64) -> id i64, number i64, votes i64
SELECT i.id, i.number, (SELECT count(*) FROM vote v WHERE v.item = i.id) FROM item i
WHERE i.id = ?1 AND i.space = ?2 AND i.kind = ?3 AND i.is_seed = 1 AND i.status IN (0, 1, 5);

-- :one plan_item_before (space i64, kind i64, number i64) -> id i64, number i64
SELECT id, number FROM item WHERE space = ?1 AND kind = ?2 AND number < ?3 ORDER BY number DESC LIMIT 1;

-- :exec plan_item_number (id i64, number i64)
UPDATE item SET number = ?2 WHERE id = ?1;
