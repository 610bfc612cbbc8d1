-- owns item item_ reads space

-- :one thing_by_uid (uid str) -> id i64
SELECT id FROM item WHERE uid = ?1;

-- :one thing_slug (space i64) -> slug str
SELECT slug FROM space WHERE id = ?1;

-- :one thing_past (item i64) -> n i64
SELECT count(*) FROM item_past WHERE item = ?1;
