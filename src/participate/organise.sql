-- owns space space_ phase theme crowd reads seat seat_ item item_ crowd_text

-- :many organise_published (space i64) -> kind i64, n i64
SELECT kind, count(*) FROM item WHERE space = ?1 AND status = 1 GROUP BY kind;

-- :many organise_countries (space i64) -> country str, n i64
SELECT country, count(*) FROM seat WHERE space = ?1 GROUP BY country;

-- :many organise_languages (space i64) -> lang str, n i64
SELECT lang, count(*) FROM seat WHERE space = ?1 GROUP BY lang;

-- :many organise_crowds (space i64, lang str, original str) -> id i64, hoped i64?, name str, n i64
SELECT c.id, c.hoped, t.name, (SELECT count(*) FROM seat_crowd s WHERE s.crowd = c.id)
FROM crowd c JOIN crowd_text t ON t.crowd = c.id
WHERE c.space = ?1 AND t.lang = coalesce((SELECT m.lang FROM crowd_text m WHERE m.crowd = c.id AND m.lang = ?2), ?3)
ORDER BY c.ord, c.id;

-- :many organise_targets (space i64) -> kind i64, value str, least i64
SELECT kind, value, least FROM space_target WHERE space = ?1 ORDER BY kind, value;

-- :exec organise_announce (id i64, at i64)
UPDATE space SET state = 1, announced_at = ?2, changed_at = ?2 WHERE id = ?1 AND state = 0;

-- :exec organise_close (id i64, at i64)
UPDATE space SET state = 2, closed_at = ?2, changed_at = ?2 WHERE id = ?1 AND state = 1;

-- :exec organise_archive (id i64, at i64)
UPDATE space SET state = 3, changed_at = ?2 WHERE id = ?1 AND state = 2;
