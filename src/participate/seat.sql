-- owns seat seat_ reads account_held

-- :one seat_of (space i64, participant i64) -> id i64, number i64, alias str, lang str, country str, is_trusted i64
SELECT id, number, alias, lang, country, is_trusted FROM seat WHERE space = ?1 AND participant = ?2;

-- Another code of the same account that has a seat here; whether it holds that of a seat.
-- :one seat_of_account (space i64, account i64) -> participant i64
SELECT s.participant FROM account_held h JOIN seat s ON s.participant = h.participant AND s.space = ?1 WHERE h.account = ?2 ORDER BY s.id LIMIT 1;

-- :one seat_held (seat i64, account i64) -> space i64, participant i64
SELECT s.space, s.participant FROM seat s JOIN account_held h ON h.participant = s.participant WHERE s.id = ?1 AND h.account = ?2;

-- :one seat_add (space i64, participant i64, lang str) -> id i64, number i64
INSERT INTO seat (space, participant, number, alias, lang, country, is_trusted)
VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM seat WHERE space = ?1), '', ?3, '', 0) RETURNING id, number;
