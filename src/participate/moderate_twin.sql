-- owns item item_

-- :many twin_statements (space i64, lang str, max i64) -> number i64, body str
SELECT i.number, t.body FROM item i JOIN item_text t ON t.item = i.id AND t.lang = ?2
WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1 ORDER BY i.id DESC LIMIT ?3;
