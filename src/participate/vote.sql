-- owns vote reads item

-- :many vote_left (space i64, seat i64) -> id i64
SELECT i.id FROM item i WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1
AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.space = ?1 AND v.seat = ?2 AND v.item = i.id) ORDER BY i.id;

-- :many vote_of_seat (space i64, seat i64) -> item i64
SELECT item FROM vote WHERE space = ?1 AND seat = ?2 ORDER BY item;

-- :one vote_counts (space i64, seat i64) -> all_n i64, done i64
SELECT count(*), count(v.item) FROM item i LEFT JOIN vote v ON v.space = ?1 AND v.seat = ?2 AND v.item = i.id
WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1;

-- :many vote_page_ids (space i64, seat i64, max i64, skip i64) -> id i64, mine i64?
SELECT i.id, v.value FROM item i LEFT JOIN vote v ON v.space = ?1 AND v.seat = ?2 AND v.item = i.id
WHERE i.space = ?1 AND i.kind = 4 AND i.status = 1 ORDER BY i.number LIMIT ?3 OFFSET ?4;

-- :exec vote_put (space i64, seat i64, item i64, value i64, at i64)
INSERT INTO vote (space, seat, item, value, at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (space, seat, item) DO UPDATE SET value = excluded.value, at = excluded.at;

-- :one vote_target (item i64, space i64) -> id i64
SELECT id FROM item WHERE id = ?1 AND space = ?2 AND kind = 4 AND status = 1;
