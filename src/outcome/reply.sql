-- owns ask ask_ reads item edge seat space account_held

-- ---- those who are cited ----

-- :one reply_cited (ask i64, seat i64) -> edge i64
SELECT e.id FROM edge e JOIN item i ON i.id = e.to_item
WHERE e.from_item = ?1 AND e.relation IN (2, 3, 4) AND i.seat = ?2 LIMIT 1;

-- :one reply_own (ask i64, seat i64) -> value i64, body str, status i64, version i64
SELECT value, body, status, version FROM ask_reply WHERE ask = ?1 AND seat = ?2;

-- :exec reply_put (ask i64, seat i64, value i64, body str, status i64, today i64)
INSERT INTO ask_reply (ask, seat, value, body, status, at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
ON CONFLICT (ask, seat) DO UPDATE SET value = excluded.value, body = excluded.body, status = excluded.status,
	at = excluded.at, version = ask_reply.version + 1;

-- Whose words go, their comments go too; what they marked is a count and stays.
-- :exec reply_erase (participant i64, account i64)
UPDATE ask_reply SET body = '', version = version + 1
WHERE seat IN (SELECT s.id FROM seat s WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)));

-- ---- what became of one's words ----

-- :many words_cites (item i64) -> ask i64, quote str
SELECT a.item, e.quote FROM edge e JOIN ask a ON a.item = e.from_item
WHERE e.to_item = ?1 AND e.relation IN (2, 3, 4) AND a.is_public = 1 ORDER BY a.section, a.number;

-- :one words_counts (participant i64, account i64) -> used i64, answered i64
SELECT count(DISTINCT i.id), count(DISTINCT CASE WHEN a.state > 1 THEN i.id END)
FROM seat s JOIN item i ON i.seat = s.id JOIN edge e ON e.to_item = i.id JOIN ask a ON a.item = e.from_item
WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)) AND e.relation IN (2, 3, 4) AND a.is_public = 1;

-- Asks that use their words and have no reply of theirs.
-- :many words_unsaid (participant i64, account i64, max i64) -> ask i64
SELECT DISTINCT a.item FROM seat s JOIN item i ON i.seat = s.id JOIN edge e ON e.to_item = i.id JOIN ask a ON a.item = e.from_item
WHERE (s.participant = ?1 OR s.participant IN (SELECT h.participant FROM account_held h WHERE h.account = ?2)) AND e.relation IN (2, 3, 4) AND a.is_public = 1
AND NOT EXISTS (SELECT 1 FROM ask_reply r WHERE r.ask = a.item AND r.seat = s.id) ORDER BY a.item LIMIT ?3;

-- ---- moderators ----

-- :many queue_replies (space i64, max i64) -> ask i64, seat i64, value i64, body str, at i64, version i64, section i64, number i64
SELECT r.ask, r.seat, r.value, r.body, r.at, r.version, a.section, a.number FROM ask_reply r JOIN ask a ON a.item = r.ask
WHERE a.space = ?1 AND r.status = 0 AND r.body <> '' ORDER BY r.at, r.ask, r.seat LIMIT ?2;

-- :one queue_reply (space i64, ask i64, seat i64) -> version i64, status i64
SELECT r.version, r.status FROM ask_reply r JOIN ask a ON a.item = r.ask WHERE a.space = ?1 AND r.ask = ?2 AND r.seat = ?3;

-- :exec queue_reply_set (ask i64, seat i64, status i64)
UPDATE ask_reply SET status = ?3 WHERE ask = ?1 AND seat = ?2;

-- :exec queue_reply_log (ask i64, seat i64, version i64, status i64, reason i64, account i64, at i64)
INSERT INTO ask_reply_past (ask, seat, version, status, reason, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- The newest decisions, with the words as they stand now.
-- :many queue_replies_past (space i64, max i64) -> ask i64, seat i64, value i64, body str, at i64, status i64, reason i64, version i64, section i64, number i64
SELECT p.ask, p.seat, r.value, r.body, p.at, p.status, p.reason, r.version, a.section, a.number
FROM ask_reply_past p JOIN ask_reply r ON r.ask = p.ask AND r.seat = p.seat AND r.version = p.version
JOIN ask a ON a.item = p.ask WHERE a.space = ?1 AND r.body <> ''
AND NOT EXISTS (SELECT 1 FROM ask_reply_past q WHERE q.ask = p.ask AND q.seat = p.seat AND q.id > p.id) ORDER BY p.id DESC LIMIT ?2;
