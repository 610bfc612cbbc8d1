-- owns nothing reads space item vote seat crowd seat_crowd space_target

-- :many board_spaces (state i64, max i64) -> id i64
SELECT id FROM space WHERE state = ?1 ORDER BY announced_at DESC LIMIT ?2;

-- :one board_vote_sum (space i64) -> n i64, total i64
SELECT count(*), coalesce(sum(value), 0) FROM vote WHERE space = ?1;

-- :many board_votes (space i64, seat i64, item i64, max i64) -> seat i64, item i64, value i64
SELECT seat, item, value FROM vote WHERE space = ?1 AND (seat, item) > (?2, ?3) ORDER BY seat, item LIMIT ?4;

-- :many board_statements (space i64) -> id i64, number i64, status i64, is_meta i64
SELECT id, number, status, is_meta FROM item WHERE space = ?1 AND kind = 4 ORDER BY number;

-- :one board_contributions (space i64) -> n i64
SELECT count(*) FROM item WHERE space = ?1 AND kind = 2 AND status = 1;

-- :many board_countries (space i64) -> name str, n i64
SELECT country, count(*) FROM seat WHERE space = ?1 GROUP BY country;

-- :many board_langs (space i64) -> name str, n i64
SELECT lang, count(*) FROM seat WHERE space = ?1 GROUP BY lang;

-- :many board_crowds (space i64) -> id i64, hoped i64?, n i64
SELECT c.id, c.hoped, count(s.seat) FROM crowd c LEFT JOIN seat_crowd s ON s.crowd = c.id
WHERE c.space = ?1 GROUP BY c.id, c.hoped, c.ord ORDER BY c.ord, c.id;

-- :many board_targets (space i64) -> kind i64, value str, least i64
SELECT kind, value, least FROM space_target WHERE space = ?1 ORDER BY kind, value;
