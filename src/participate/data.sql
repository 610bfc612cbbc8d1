-- owns nothing reads item item_text

-- :many data_numbers (space i64) -> id i64, number i64
SELECT id, number FROM item WHERE space = ?1 AND kind = 4 AND status = 1 ORDER BY id;

-- Words of statements from a number on.
-- :many data_texts (space i64, lang str, number i64, max i64) -> number i64, lang str, body str
SELECT i.number, t.lang, t.body FROM item i JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1 AND i.number >= ?3
AND t.lang = coalesce((SELECT m.lang FROM item_text m WHERE m.item = i.id AND m.lang = ?2), i.lang)
ORDER BY i.number LIMIT ?4;

-- :many data_written (space i64, lang str, number i64, max i64) -> number i64, question i64, lang str, body str
SELECT i.number, q.number, t.lang, t.body FROM item i JOIN item q ON q.id = i.parent JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = 2 AND i.status = 1 AND i.number > ?3
AND t.lang = coalesce((SELECT m.lang FROM item_text m WHERE m.item = i.id AND m.lang = ?2), i.lang)
ORDER BY i.number LIMIT ?4;
