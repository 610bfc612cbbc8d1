-- owns item item_ reads space

-- :many machine_missing (lang str, after i64, max i64) -> id i64, original str, version i64, title str, body str
SELECT i.id, o.lang, o.version, o.title, o.body FROM item i JOIN space s ON s.id = i.space
JOIN item_text o ON o.item = i.id AND o.lang = i.lang LEFT JOIN item_text m ON m.item = i.id AND m.lang = ?1
WHERE i.id > ?2 AND i.status = 1 AND i.kind BETWEEN 1 AND 4 AND i.lang <> ?1 AND s.access = 0 AND s.state > 0
AND (m.item IS NULL OR (m.origin = 2 AND m.at < o.at)) ORDER BY i.id LIMIT ?3;

-- still: nobody translated it meanwhile, and its words are those that were read.
-- :one machine_still (item i64, lang str, version i64) -> id i64
SELECT i.id FROM item i JOIN item_text o ON o.item = i.id AND o.lang = i.lang LEFT JOIN item_text m ON m.item = i.id AND m.lang = ?2
WHERE i.id = ?1 AND i.status = 1 AND o.version = ?3 AND (m.item IS NULL OR m.origin = 2);
