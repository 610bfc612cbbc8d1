-- owns item item_ search_item reads seat

-- :one question_at (space i64, number i64) -> id i64
SELECT id FROM item WHERE space = ?1 AND kind = 1 AND number = ?2 AND status = 1;

-- :one question_count (parent i64, theme i64, lang str, country str) -> n i64
SELECT count(*) FROM item i LEFT JOIN seat s ON s.id = i.seat WHERE i.parent = ?1 AND i.status = 1
AND (?2 = 0 OR i.theme = ?2) AND (?3 = '' OR i.lang = ?3) AND (?4 = '' OR s.country = ?4);

-- :one question_count_all (parent i64) -> n i64
SELECT count(*) FROM item WHERE parent = ?1 AND status = 1;

-- :many question_titles (space i64, easy str, lang str) -> number i64, lang str, title str
SELECT q.number, t.lang, t.title FROM item q JOIN item_text t ON t.item = q.id
WHERE q.space = ?1 AND q.kind = 1 AND q.status = 1
AND t.lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = q.id AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = q.id AND m.lang = ?3), q.lang) ORDER BY q.number;

-- :many question_plain (parent i64, max i64, skip i64) -> id i64
SELECT id FROM item WHERE parent = ?1 AND status = 1 ORDER BY id DESC LIMIT ?2 OFFSET ?3;

-- :many question_newest (parent i64, theme i64, lang str, country str, max i64, skip i64) -> id i64
SELECT i.id FROM item i LEFT JOIN seat s ON s.id = i.seat WHERE i.parent = ?1 AND i.status = 1
AND (?2 = 0 OR i.theme = ?2) AND (?3 = '' OR i.lang = ?3) AND (?4 = '' OR s.country = ?4)
ORDER BY i.id DESC LIMIT ?5 OFFSET ?6;

-- :many question_useful (parent i64, theme i64, lang str, country str, max i64, skip i64) -> id i64
SELECT i.id FROM item i LEFT JOIN seat s ON s.id = i.seat WHERE i.parent = ?1 AND i.status = 1
AND (?2 = 0 OR i.theme = ?2) AND (?3 = '' OR i.lang = ?3) AND (?4 = '' OR s.country = ?4)
ORDER BY i.useful DESC, i.id DESC LIMIT ?5 OFFSET ?6;

-- :one question_count_found (words str, parent i64, theme i64, lang str, country str) -> n i64
SELECT count(*) FROM search_item f CROSS JOIN item i ON i.id = f.rowid LEFT JOIN seat s ON s.id = i.seat
WHERE f.search_item MATCH ?1 AND i.parent = ?2 AND i.status = 1
AND (?3 = 0 OR i.theme = ?3) AND (?4 = '' OR i.lang = ?4) AND (?5 = '' OR s.country = ?5);
-- :pg
SELECT count(*) FROM search_item f JOIN item i ON i.id = f.id LEFT JOIN seat s ON s.id = i.seat
WHERE f.words @@ ?1::text::tsquery AND i.parent = ?2 AND i.status = 1
AND (?3 = 0 OR i.theme = ?3) AND (?4 = '' OR i.lang = ?4) AND (?5 = '' OR s.country = ?5);

-- :many question_found (words str, parent i64, theme i64, lang str, country str, by_useful i64, max i64, skip i64) -> id i64
SELECT i.id FROM search_item f CROSS JOIN item i ON i.id = f.rowid LEFT JOIN seat s ON s.id = i.seat
WHERE f.search_item MATCH ?1 AND i.parent = ?2 AND i.status = 1
AND (?3 = 0 OR i.theme = ?3) AND (?4 = '' OR i.lang = ?4) AND (?5 = '' OR s.country = ?5)
ORDER BY CASE WHEN ?6 = 1 THEN i.useful ELSE 0 END DESC, i.id DESC LIMIT ?7 OFFSET ?8;
-- :pg
SELECT i.id FROM search_item f JOIN item i ON i.id = f.id LEFT JOIN seat s ON s.id = i.seat
WHERE f.words @@ ?1::text::tsquery AND i.parent = ?2 AND i.status = 1
AND (?3 = 0 OR i.theme = ?3) AND (?4 = '' OR i.lang = ?4) AND (?5 = '' OR s.country = ?5)
ORDER BY CASE WHEN ?6 = 1 THEN i.useful ELSE 0 END DESC, i.id DESC LIMIT ?7 OFFSET ?8;

-- :many question_gone (parent i64, above i64, below i64) -> id i64
SELECT i.id FROM item i WHERE i.parent = ?1 AND i.status IN (3, 5) AND i.id > ?2 AND i.id < ?3
AND EXISTS (SELECT 1 FROM item r WHERE r.parent = i.id AND r.status = 1) ORDER BY i.id DESC LIMIT 50;

-- :many question_own (parent i64, seat i64) -> id i64
SELECT id FROM item WHERE parent = ?1 AND seat = ?2 AND status IN (0, 2) ORDER BY id DESC LIMIT 50;

-- :many question_countries (space i64) -> country str
-- From country to country through the index: each is looked at once, not each person.
SELECT country FROM (WITH RECURSIVE step(country) AS (
	SELECT min(country) FROM seat WHERE space = ?1 AND country > ''
	UNION ALL
	SELECT (SELECT min(s.country) FROM seat s WHERE s.space = ?1 AND s.country > step.country)
	FROM step WHERE step.country IS NOT NULL)
SELECT country FROM step) c WHERE country IS NOT NULL ORDER BY country;
