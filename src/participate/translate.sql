-- owns item item_ reads space_text

-- :many translate_missing (space i64, lang str, kind i64, max i64, skip i64) -> id i64, origin i64?
SELECT i.id, m.origin FROM item i JOIN item_text o ON o.item = i.id AND o.lang = i.lang
LEFT JOIN item_text m ON m.item = i.id AND m.lang = ?2
WHERE i.space = ?1 AND i.status = 1 AND (?3 = 0 OR i.kind = ?3)
AND (m.item IS NULL OR m.origin = 2 OR (m.origin <> 0 AND m.at < o.at))
ORDER BY CASE i.kind WHEN 1 THEN 0 WHEN 4 THEN 1 WHEN 2 THEN 2 ELSE 3 END, i.useful DESC, i.id LIMIT ?4 OFFSET ?5;

-- :one translate_left (space i64, lang str, kind i64) -> n i64
SELECT count(*) FROM item i JOIN item_text o ON o.item = i.id AND o.lang = i.lang
LEFT JOIN item_text m ON m.item = i.id AND m.lang = ?2
WHERE i.space = ?1 AND i.status = 1 AND (?3 = 0 OR i.kind = ?3)
AND (m.item IS NULL OR m.origin = 2 OR (m.origin <> 0 AND m.at < o.at));

-- :one translate_space (space i64, lang str) -> title str
SELECT title FROM space_text WHERE space = ?1 AND lang = ?2;

-- :one translate_item (id i64, space i64) -> id i64
SELECT id FROM item WHERE id = ?1 AND space = ?2 AND status = 1;

-- :one translate_text (item i64, lang str) -> version i64, origin i64, title str, body str
SELECT version, origin, title, body FROM item_text WHERE item = ?1 AND lang = ?2;

-- :exec translate_reviewed (item i64, space i64, lang str, version i64, account i64)
UPDATE item_text SET is_reviewed = 1 WHERE item = ?1 AND lang = ?3 AND version = ?4 AND origin <> 0 AND is_reviewed = 0
AND (account IS NULL OR account <> ?5)
AND EXISTS (SELECT 1 FROM item i WHERE i.id = ?1 AND i.space = ?2 AND i.status = 1);
