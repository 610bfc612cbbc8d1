-- owns item item_ reads space ask answer

-- Where an ask stands, or an answer to it.
-- :one thing_ask (item i64) -> slug str, section i64, number i64
SELECT s.slug, a.section, a.number FROM ask a JOIN space s ON s.id = a.space
WHERE a.item = coalesce((SELECT n.ask FROM answer n WHERE n.item = ?1), ?1) AND a.is_public = 1;

-- :one thing_by_uid (uid str) -> id i64
SELECT id FROM item WHERE uid = ?1;

-- :one thing_slug (space i64) -> slug str
SELECT slug FROM space WHERE id = ?1;

-- :one thing_past (item i64) -> n i64
SELECT count(*) FROM item_past WHERE item = ?1;
