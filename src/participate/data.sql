-- owns nothing reads item item_text vote

-- :many data_votes (space i64) -> seat i64, number i64, value i64
SELECT v.seat, i.number, v.value FROM vote v JOIN item i ON i.id = v.item AND i.kind = 4 AND i.status = 1
WHERE v.space = ?1 ORDER BY v.seat, i.number;

-- :many data_contributions (space i64, lang str) -> number i64, question i64, lang str, body str
SELECT i.number, q.number, t.lang, t.body FROM item i JOIN item q ON q.id = i.parent JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = 2 AND i.status = 1
AND t.lang = coalesce((SELECT m.lang FROM item_text m WHERE m.item = i.id AND m.lang = ?2), i.lang)
ORDER BY i.number;
