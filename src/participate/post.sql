-- owns item item_ useful decision reads seat

-- :many post_replies (parent i64, seat i64, max i64) -> id i64
SELECT id FROM item WHERE parent = ?1 AND (status = 1 OR (seat = ?2 AND status IN (0, 2))) ORDER BY id LIMIT ?3;

-- :one post_useful (item i64, seat i64) -> item i64
SELECT item FROM useful WHERE item = ?1 AND seat = ?2;

-- :one post_hidden_why (item i64) -> reason i64
SELECT reason FROM decision WHERE item = ?1 AND verdict = 3 ORDER BY id DESC LIMIT 1;
