-- owns item item_ flag decision reads seat

-- :one queue_counts (space i64) -> waiting i64, back i64, flagged i64, words i64, oldest i64?
SELECT (SELECT count(*) FROM item i WHERE i.space = ?1 AND i.status = 0 AND i.kind BETWEEN 2 AND 4),
	(SELECT count(*) FROM item i WHERE i.space = ?1 AND i.status = 2 AND i.kind BETWEEN 2 AND 4),
	(SELECT count(DISTINCT f.item) FROM flag f WHERE f.space = ?1 AND f.is_open = 1),
	(SELECT count(*) FROM item_text t WHERE t.is_reviewed = 0 AND t.origin <> 0 AND t.origin <> 2
		AND EXISTS (SELECT 1 FROM item i WHERE i.id = t.item AND i.space = ?1 AND i.status = 1)),
	(SELECT min(i.created_at) FROM item i WHERE i.space = ?1 AND i.status = 0 AND i.kind BETWEEN 2 AND 4);

-- :many queue_kinds (space i64, status i64, lang str) -> kind i64, n i64
SELECT i.kind, count(*) FROM item i WHERE i.space = ?1 AND i.status = ?2 AND i.kind BETWEEN 2 AND 4
AND (?3 = '' OR i.lang = ?3) GROUP BY i.kind;

-- :many queue_kinds_flagged (space i64, lang str) -> kind i64, n i64
SELECT i.kind, count(DISTINCT f.item) FROM flag f JOIN item i ON i.id = f.item WHERE f.space = ?1 AND f.is_open = 1
AND (?2 = '' OR i.lang = ?2) GROUP BY i.kind;

-- :many queue_kinds_words (space i64, lang str) -> kind i64, n i64
SELECT i.kind, count(*) FROM item_text t JOIN item i ON i.id = t.item
WHERE t.is_reviewed = 0 AND t.origin <> 0 AND t.origin <> 2 AND i.space = ?1 AND i.status = 1
AND (?2 = '' OR t.lang = ?2) GROUP BY i.kind;

-- :many queue_oldest (space i64, status i64, kind i64, lang str, max i64, skip i64) -> id i64
SELECT i.id FROM item i WHERE i.space = ?1 AND i.status = ?2 AND i.kind BETWEEN 2 AND 4
AND (?3 = 0 OR i.kind = ?3) AND (?4 = '' OR i.lang = ?4) ORDER BY i.created_at, i.id LIMIT ?5 OFFSET ?6;

-- :many queue_newest (space i64, status i64, kind i64, lang str, max i64, skip i64) -> id i64
SELECT i.id FROM item i WHERE i.space = ?1 AND i.status = ?2 AND i.kind BETWEEN 2 AND 4
AND (?3 = 0 OR i.kind = ?3) AND (?4 = '' OR i.lang = ?4) ORDER BY i.created_at DESC, i.id DESC LIMIT ?5 OFFSET ?6;

-- :many queue_flagged (space i64, kind i64, lang str, max i64, skip i64) -> id i64
SELECT f.item FROM flag f JOIN item i ON i.id = f.item WHERE f.space = ?1 AND f.is_open = 1
AND (?2 = 0 OR i.kind = ?2) AND (?3 = '' OR i.lang = ?3)
GROUP BY f.item ORDER BY count(*) DESC, f.item LIMIT ?4 OFFSET ?5;

-- :many queue_decided (space i64, kind i64, lang str, max i64, skip i64) -> id i64
SELECT d.item FROM decision d JOIN item i ON i.id = d.item WHERE d.space = ?1
AND (?2 = 0 OR i.kind = ?2) AND (?3 = '' OR i.lang = ?3)
AND NOT EXISTS (SELECT 1 FROM decision n WHERE n.item = d.item AND n.id > d.id)
ORDER BY d.id DESC LIMIT ?4 OFFSET ?5;

-- :many queue_words (space i64, kind i64, lang str, max i64, skip i64) -> id i64, lang str, version i64, title str, body str, account i64?, at i64
SELECT t.item, t.lang, t.version, t.title, t.body, t.account, t.at FROM item_text t JOIN item i ON i.id = t.item
WHERE t.is_reviewed = 0 AND t.origin <> 0 AND t.origin <> 2 AND i.space = ?1 AND i.status = 1
AND (?2 = 0 OR i.kind = ?2) AND (?3 = '' OR t.lang = ?3) ORDER BY t.at, t.item, t.lang LIMIT ?4 OFFSET ?5;

-- :one queue_place (item i64) -> kind i64, number i64, question i64?
SELECT p.kind, p.number, q.number FROM item i JOIN item p ON p.id = i.parent LEFT JOIN item q ON q.id = p.parent WHERE i.id = ?1;

-- :many queue_flags (item i64) -> reason i64, n i64
SELECT reason, count(*) FROM flag WHERE item = ?1 AND is_open = 1 GROUP BY reason ORDER BY count(*) DESC, reason;

-- :one queue_last (id i64) -> verdict i64, reason i64, word str, at i64
SELECT verdict, reason, word, at FROM decision WHERE id = ?1;

-- :one queue_seat (seat i64) -> is_trusted i64
SELECT is_trusted FROM seat WHERE id = ?1;

-- :many queue_questions (space i64, lang str, max i64) -> number i64, title str
SELECT i.number, coalesce(m.title, t.title) FROM item i JOIN item_text t ON t.item = i.id AND t.lang = i.lang
LEFT JOIN item_text m ON m.item = i.id AND m.lang = ?2
WHERE i.space = ?1 AND i.kind = 1 AND i.status = 1 ORDER BY i.number LIMIT ?3;
