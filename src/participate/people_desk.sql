-- owns space member member_

-- :one space_door (id i64) -> link_key str
SELECT link_key FROM space WHERE id = ?1;

-- :exec space_door_new (id i64, link_key str)
UPDATE space SET link_key = ?2 WHERE id = ?1;

-- :one member_count (space i64, now i64) -> members i64, open_links i64
SELECT (SELECT count(*) FROM member m WHERE m.space = ?1),
	(SELECT count(*) FROM member_invite i WHERE i.space = ?1 AND i.used_at IS NULL AND i.expires > ?2);

-- :exec member_invite_add (token_key blob, space i64, expires i64)
INSERT INTO member_invite (token_key, space, expires) VALUES (?1, ?2, ?3);

-- :one member_invite_find (token_key blob, now i64) -> space i64, slug str
SELECT i.space, s.slug FROM member_invite i JOIN space s ON s.id = i.space
WHERE i.token_key = ?1 AND i.used_at IS NULL AND i.expires > ?2;

-- :exec member_invite_use (token_key blob, now i64)
UPDATE member_invite SET used_at = ?2 WHERE token_key = ?1 AND used_at IS NULL;

-- :exec member_add (space i64, participant i64)
INSERT INTO member (space, participant) VALUES (?1, ?2) ON CONFLICT (space, participant) DO NOTHING;
