-- owns theme theme_ crowd crowd_ space_ reads item seat_

-- :many whom_themes (space i64, lang str) -> id i64, name str
SELECT h.id, t.name FROM theme h JOIN theme_text t ON t.theme = h.id AND t.lang = ?2 WHERE h.space = ?1 ORDER BY h.ord, h.id;

-- :many whom_crowds (space i64, lang str) -> id i64, name str, hoped i64?
SELECT h.id, t.name, h.hoped FROM crowd h JOIN crowd_text t ON t.crowd = h.id AND t.lang = ?2 WHERE h.space = ?1 ORDER BY h.ord, h.id;

-- :many whom_sdg (space i64) -> target str
SELECT target FROM space_sdg WHERE space = ?1 ORDER BY target;

-- :one whom_theme_add (space i64, ord i64) -> id i64
INSERT INTO theme (space, ord) VALUES (?1, ?2) RETURNING id;

-- :one whom_theme_used (theme i64) -> n i64
SELECT count(*) FROM item WHERE theme = ?1;

-- :exec whom_theme_names_drop (theme i64)
DELETE FROM theme_text WHERE theme = ?1;

-- :exec whom_theme_drop (id i64, space i64)
DELETE FROM theme WHERE id = ?1 AND space = ?2;

-- :one whom_crowd_add (space i64, ord i64, hoped i64?) -> id i64
INSERT INTO crowd (space, ord, hoped) VALUES (?1, ?2, ?3) RETURNING id;

-- :exec whom_crowd_hope (id i64, space i64, hoped i64?)
UPDATE crowd SET hoped = ?3 WHERE id = ?1 AND space = ?2;

-- :one whom_crowd_used (crowd i64) -> n i64
SELECT count(*) FROM seat_crowd WHERE crowd = ?1;

-- :exec whom_crowd_names_drop (crowd i64)
DELETE FROM crowd_text WHERE crowd = ?1;

-- :exec whom_crowd_drop (id i64, space i64)
DELETE FROM crowd WHERE id = ?1 AND space = ?2;

-- :exec whom_sdg_clear (space i64)
DELETE FROM space_sdg WHERE space = ?1;

-- :exec whom_sdg_add (space i64, target str)
INSERT INTO space_sdg (space, target) VALUES (?1, ?2) ON CONFLICT (space, target) DO NOTHING;

-- :exec whom_target_clear (space i64)
DELETE FROM space_target WHERE space = ?1;

-- :exec whom_target_put (space i64, kind i64, value str, least i64)
INSERT INTO space_target (space, kind, value, least) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (space, kind, value) DO UPDATE SET least = excluded.least;
