-- owns notify_

-- :one outbox_add (reader i64?, box blob, now i64) -> id i64
INSERT INTO notify_mail (reader, box, tries, next_at, at) VALUES (?1, ?2, 0, ?3, ?3) RETURNING id;

-- :many outbox_due (now i64, max i64) -> id i64, box blob, tries i64, next_at i64, at i64
SELECT id, box, tries, next_at, at FROM notify_mail WHERE next_at <= ?1 ORDER BY next_at, id LIMIT ?2;

-- Only one house on a shared database gets to send it.
-- :exec outbox_claim (id i64, seen i64, until i64)
UPDATE notify_mail SET next_at = ?3 WHERE id = ?1 AND next_at = ?2;

-- :exec outbox_drop (id i64)
DELETE FROM notify_mail WHERE id = ?1;

-- :exec outbox_later (id i64, tries i64, next_at i64)
UPDATE notify_mail SET tries = ?2, next_at = ?3 WHERE id = ?1;

-- :one scan "the caretaker's page; what waits while a mail server is gone" outbox_state () -> n i64
SELECT count(*) FROM notify_mail;
