-- owns seat seat_

-- :one seat_of (space i64, participant i64) -> id i64, number i64, alias str, lang str, country str, is_trusted i64
SELECT id, number, alias, lang, country, is_trusted FROM seat WHERE space = ?1 AND participant = ?2;

-- :one seat_add (space i64, participant i64, lang str) -> id i64, number i64
INSERT INTO seat (space, participant, number, alias, lang, country, is_trusted)
VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM seat WHERE space = ?1), '', ?3, '', 0) RETURNING id, number;
