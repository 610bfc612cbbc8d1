-- owns item item_ seat seat_ vote useful reads decision space ask ask_reply account_held

-- Everywhere: with the code that was brought, or with any that the account holds.
-- :many mine_items (participant i64, account i64, max i64, skip i64) -> id i64
SELECT i.id FROM seat s JOIN item i ON i.seat = s.id JOIN space p ON p.id = s.space AND p.state < 4 WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)) ORDER BY i.id DESC LIMIT ?3 OFFSET ?4;

-- :one mine_count (participant i64, account i64) -> n i64
SELECT count(*) FROM seat s JOIN item i ON i.seat = s.id JOIN space p ON p.id = s.space AND p.state < 4 WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2));

-- :many mine_seats (participant i64, account i64) -> slug str, space i64, id i64, number i64, alias str, lang str, country str, votes i64
SELECT p.slug, s.space, s.id, s.number, s.alias, s.lang, s.country,
	(SELECT count(*) FROM vote v WHERE v.space = s.space AND v.seat = s.id)
FROM seat s JOIN space p ON p.id = s.space AND p.state < 4 WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)) ORDER BY s.id;

-- :one mine_verdict (item i64) -> reason i64, word str
SELECT reason, word FROM decision WHERE item = ?1 AND verdict IN (2, 3) ORDER BY id DESC LIMIT 1;

-- :many mine_votes (space i64, seat i64) -> number i64, value i64
SELECT i.number, v.value FROM vote v JOIN item i ON i.id = v.item WHERE v.space = ?1 AND v.seat = ?2 ORDER BY i.number;

-- :exec mine_text_erase (item i64)
UPDATE item_text SET title = '', body = '' WHERE item = ?1;

-- :exec mine_past_erase (item i64)
DELETE FROM item_past WHERE item = ?1;

-- :exec mine_votes_erase (space i64, seat i64)
DELETE FROM vote WHERE space = ?1 AND seat = ?2;

-- :exec mine_marks_uncount (seat i64)
UPDATE item SET useful = useful - 1 WHERE id IN (SELECT item FROM useful WHERE seat = ?1);

-- :exec mine_marks_erase (seat i64)
DELETE FROM useful WHERE seat = ?1;

-- :exec mine_seat_erase (seat i64)
UPDATE seat SET alias = '', lang = '', country = '' WHERE id = ?1;

-- :exec mine_crowds_erase (seat i64)
DELETE FROM seat_crowd WHERE seat = ?1;

-- :exec mine_seat_lang (seat i64, lang str)
UPDATE seat SET lang = ?2 WHERE id = ?1;

-- What they said of the asks that use their words.
-- :many mine_replies (participant i64, account i64) -> section i64, number i64, value i64, body str
SELECT a.section, a.number, r.value, r.body FROM seat s JOIN ask_reply r ON r.seat = s.id JOIN ask a ON a.item = r.ask
WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)) ORDER BY a.item;

-- :many mine_all (seat i64) -> id i64, status i64
SELECT id, status FROM item WHERE seat = ?1 ORDER BY id;
