-- owns item item_ reads space ask ask_ answer edge

-- Where an ask stands, or an answer to it.
-- :one thing_ask (item i64) -> slug str, section i64, number i64
SELECT s.slug, a.section, a.number FROM ask a JOIN space s ON s.id = a.space
WHERE a.item = coalesce((SELECT n.ask FROM answer n WHERE n.item = ?1), ?1)
AND (a.is_public = 1 OR EXISTS (SELECT 1 FROM ask_withdrawn w WHERE w.ask = a.item));

-- :one thing_by_uid (uid str) -> id i64
SELECT id FROM item WHERE uid = ?1;

-- :one thing_slug (space i64) -> slug str
SELECT slug FROM space WHERE id = ?1;

-- :one thing_past (item i64) -> n i64
SELECT count(*) FROM item_past WHERE item = ?1;

-- Public asks that cite it.
-- :many thing_uses (item i64, easy str, lang str) -> section i64, number i64, lang str, title str
SELECT a.section, a.number, t.lang, t.title FROM edge e JOIN ask a ON a.item = e.from_item JOIN item i ON i.id = a.item
JOIN item_text t ON t.item = a.item AND t.lang = coalesce((SELECT y.lang FROM item_text y WHERE y.item = a.item AND y.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = a.item AND m.lang = ?3), i.lang)
WHERE e.to_item = ?1 AND e.relation IN (2, 3, 4) AND a.is_public = 1 ORDER BY a.section, a.number LIMIT 50;
