-- owns item

-- :one write_before (seat i64) -> n i64
SELECT count(*) FROM item WHERE seat = ?1;
