-- owns useful flag item

-- :one mark_has (item i64, seat i64) -> item i64
SELECT item FROM useful WHERE item = ?1 AND seat = ?2;

-- :exec mark_put (item i64, seat i64)
INSERT INTO useful (item, seat) VALUES (?1, ?2) ON CONFLICT (item, seat) DO NOTHING;

-- :exec mark_drop (item i64, seat i64)
DELETE FROM useful WHERE item = ?1 AND seat = ?2;

-- :exec mark_count (item i64)
UPDATE item SET useful = (SELECT count(*) FROM useful u WHERE u.item = ?1) WHERE id = ?1;

-- :exec flag_put (item i64, seat i64, space i64, reason i64, at i64)
INSERT INTO flag (item, seat, space, reason, is_open, at) VALUES (?1, ?2, ?3, ?4, 1, ?5)
ON CONFLICT (item, seat) DO UPDATE SET reason = excluded.reason, is_open = 1, at = excluded.at;
