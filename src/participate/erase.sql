-- owns vote useful flag decision item item_ seat seat_ member member_ participant search_item edge reads space record record_draft account_held

-- At most some thousand at a time: the votes of the next seats.
-- :exec erase_votes (space i64, seats i64)
DELETE FROM vote WHERE space = ?1 AND seat <= (SELECT max(x.id) FROM (SELECT DISTINCT v.seat AS id FROM vote v WHERE v.space = ?1 ORDER BY v.seat LIMIT ?2) x);

-- :exec erase_flags (space i64, max i64)
DELETE FROM flag WHERE (item, seat) IN (SELECT f.item, f.seat FROM flag f WHERE f.space = ?1 LIMIT ?2);

-- :exec erase_decisions (space i64, max i64)
DELETE FROM decision WHERE id IN (SELECT d.id FROM decision d WHERE d.space = ?1 ORDER BY d.id LIMIT ?2);

-- :many erase_items (space i64, kind i64, max i64) -> id i64
SELECT id FROM item WHERE space = ?1 AND kind = ?2 AND status < 6 ORDER BY status, id LIMIT ?3;

-- :exec erase_marks (item i64)
DELETE FROM useful WHERE item = ?1;
-- :exec erase_words (item i64)
DELETE FROM item_text WHERE item = ?1;
-- :exec erase_past (item i64)
DELETE FROM item_past WHERE item = ?1;
-- :exec erase_quotes (item i64)
UPDATE edge SET quote = '' WHERE to_item = ?1 AND quote <> '';
-- :exec erase_found (item i64)
DELETE FROM search_item WHERE rowid = ?1;
-- :pg
DELETE FROM search_item WHERE id = ?1;
-- :exec erase_item (item i64)
UPDATE item SET status = 6, seat = NULL, account = NULL, theme = NULL, once = NULL, useful = 0,
	created_at = created_at - created_at % 86400, published_at = published_at - published_at % 86400 WHERE id = ?1;

-- :many erase_seats (space i64, max i64) -> id i64, participant i64
SELECT id, participant FROM seat WHERE space = ?1 ORDER BY number LIMIT ?2;

-- :exec erase_seat_marks (seat i64)
DELETE FROM useful WHERE seat = ?1;
-- :exec erase_seat_crowds (seat i64)
DELETE FROM seat_crowd WHERE seat = ?1;
-- :exec erase_seat (seat i64)
DELETE FROM seat WHERE id = ?1;

-- A secret code that opens nothing any more, anywhere.
-- :exec scan "tens of consultations" erase_participant (participant i64)
DELETE FROM participant WHERE id = ?1 AND account IS NULL
AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.participant = ?1)
AND NOT EXISTS (SELECT 1 FROM space c JOIN member m ON m.space = c.id AND m.participant = ?1)
AND NOT EXISTS (SELECT 1 FROM record r WHERE r.participant = ?1)
AND NOT EXISTS (SELECT 1 FROM record_draft d WHERE d.participant = ?1)
AND NOT EXISTS (SELECT 1 FROM account_held h WHERE h.participant = ?1);

-- :many erase_members (space i64, max i64) -> participant i64
SELECT participant FROM member WHERE space = ?1 ORDER BY participant LIMIT ?2;
-- :exec erase_member (space i64, participant i64)
DELETE FROM member WHERE space = ?1 AND participant = ?2;
-- :exec erase_invites (space i64)
DELETE FROM member_invite WHERE space = ?1;
