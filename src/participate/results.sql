-- owns nothing reads item item_text crowd crowd_text

-- :many results_words (space i64, easy str, lang str) -> item i64, lang str, body str
SELECT i.id, t.lang, t.body FROM item i JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1
AND t.lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = i.id AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = i.id AND m.lang = ?3), i.lang)
ORDER BY i.id;

-- :many results_crowds (space i64) -> crowd i64, lang str, name str
SELECT t.crowd, t.lang, t.name FROM crowd c JOIN crowd_text t ON t.crowd = c.id WHERE c.space = ?1 ORDER BY t.crowd, t.lang;
