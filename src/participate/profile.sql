-- owns seat seat_ reads crowd crowd_

-- :many profile_crowds (space i64, lang str, original str) -> id i64, name str
SELECT c.id, t.name FROM crowd c JOIN crowd_text t ON t.crowd = c.id WHERE c.space = ?1
AND t.lang = coalesce((SELECT m.lang FROM crowd_text m WHERE m.crowd = c.id AND m.lang = ?2), ?3) ORDER BY c.ord LIMIT 40;

-- :many profile_mine (seat i64) -> crowd i64
SELECT crowd FROM seat_crowd WHERE seat = ?1 ORDER BY crowd;

-- :exec profile_set (seat i64, alias str, country str)
UPDATE seat SET alias = ?2, country = ?3 WHERE id = ?1;

-- :exec profile_crowds_clear (seat i64)
DELETE FROM seat_crowd WHERE seat = ?1;

-- :exec profile_crowd_put (seat i64, crowd i64)
INSERT INTO seat_crowd (seat, crowd) VALUES (?1, ?2) ON CONFLICT (seat, crowd) DO NOTHING;
