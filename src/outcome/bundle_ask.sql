-- owns org org_ ask ask_ answer answer_ edge_past reads item seat space

-- Whoever is named by an ask or an answer of the space, was once, or answers in a draft.
-- :many bundle_org (space i64) -> uid str, slug str, lang str, country str, is_sample i64, created_at i64
SELECT o.uid, o.slug, o.lang, o.country, o.is_sample, o.created_at FROM org o WHERE o.id IN (
	SELECT a.org FROM ask a WHERE a.space = ?1
	UNION SELECT n.org FROM ask a JOIN answer n ON n.ask = a.item WHERE a.space = ?1
	UNION SELECT d.org FROM ask a JOIN answer_draft d ON d.ask = a.item WHERE a.space = ?1
	UNION SELECT h.from_org FROM ask a JOIN ask_handed h ON h.ask = a.item WHERE a.space = ?1
	UNION SELECT h.to_org FROM ask a JOIN ask_handed h ON h.ask = a.item WHERE a.space = ?1) ORDER BY o.uid;

-- :many bundle_org_text (space i64) -> org str, lang str, name str, focal_point str
SELECT o.uid, t.lang, t.name, t.focal_point FROM org o JOIN org_text t ON t.org = o.id WHERE o.id IN (
	SELECT a.org FROM ask a WHERE a.space = ?1
	UNION SELECT n.org FROM ask a JOIN answer n ON n.ask = a.item WHERE a.space = ?1
	UNION SELECT d.org FROM ask a JOIN answer_draft d ON d.ask = a.item WHERE a.space = ?1
	UNION SELECT h.from_org FROM ask a JOIN ask_handed h ON h.ask = a.item WHERE a.space = ?1
	UNION SELECT h.to_org FROM ask a JOIN ask_handed h ON h.ask = a.item WHERE a.space = ?1) ORDER BY o.uid, t.lang;

-- :many bundle_ask (space i64) -> item str, section i64, number i64, org str?, asked_at i64?, due_at i64?, state i64, answered_at i64?, review_at i64?, reply_until i64?, version i64, is_public i64
SELECT i.uid, a.section, a.number, o.uid, a.asked_at, a.due_at, a.state, a.answered_at, a.review_at, a.reply_until, a.version, a.is_public
FROM ask a JOIN item i ON i.id = a.item LEFT JOIN org o ON o.id = a.org WHERE a.space = ?1 ORDER BY a.item;

-- :many bundle_ask_method (space i64) -> ask str, lang str, body str
SELECT i.uid, m.lang, m.body FROM ask a JOIN item i ON i.id = a.item JOIN ask_method m ON m.ask = a.item WHERE a.space = ?1 ORDER BY a.item, m.lang;

-- :many bundle_ask_theme (space i64) -> ask str, theme i64
SELECT i.uid, t.theme FROM ask a JOIN item i ON i.id = a.item JOIN ask_theme t ON t.ask = a.item WHERE a.space = ?1 ORDER BY a.item, t.theme;

-- :many bundle_ask_sdg (space i64) -> ask str, target str
SELECT i.uid, t.target FROM ask a JOIN item i ON i.id = a.item JOIN ask_sdg t ON t.ask = a.item WHERE a.space = ?1 ORDER BY a.item, t.target;

-- :many bundle_ask_withdrawn (space i64) -> ask str, reason str, at i64
SELECT i.uid, w.reason, w.at FROM ask a JOIN item i ON i.id = a.item JOIN ask_withdrawn w ON w.ask = a.item WHERE a.space = ?1 ORDER BY a.item;

-- :many bundle_ask_handed (space i64) -> ask str, from_org str, to_org str, at i64
SELECT i.uid, f.uid, t.uid, h.at FROM ask a JOIN item i ON i.id = a.item JOIN ask_handed h ON h.ask = a.item
JOIN org f ON f.id = h.from_org JOIN org t ON t.id = h.to_org WHERE a.space = ?1 ORDER BY h.id;

-- :many bundle_answer (space i64) -> item str, ask str, org str, state i64, unit str, review_at i64?, corrects str?
SELECT i.uid, k.uid, o.uid, n.state, n.unit, n.review_at, c.uid FROM ask a JOIN item k ON k.id = a.item JOIN answer n ON n.ask = a.item
JOIN item i ON i.id = n.item JOIN org o ON o.id = n.org LEFT JOIN item c ON c.id = n.corrects WHERE a.space = ?1 ORDER BY n.item;

-- What shows it may be an item of another space: then it is named all the same.
-- :many bundle_answer_proof (space i64) -> answer str, ord i64, url str, title str, item str?
SELECT i.uid, p.ord, p.url, p.title, x.uid FROM ask a JOIN answer n ON n.ask = a.item JOIN item i ON i.id = n.item
JOIN answer_proof p ON p.answer = n.item LEFT JOIN item x ON x.id = p.item WHERE a.space = ?1 ORDER BY n.item, p.ord;

-- :many bundle_answer_draft (space i64) -> ask str, org str, field str, value str
SELECT i.uid, o.uid, d.field, d.value FROM ask a JOIN item i ON i.id = a.item JOIN answer_draft d ON d.ask = a.item JOIN org o ON o.id = d.org
WHERE a.space = ?1 ORDER BY a.item, o.uid, d.field;

-- :many bundle_ask_reply (space i64) -> ask str, seat i64, value i64, body str, status i64, at i64, version i64
SELECT i.uid, s.number, r.value, r.body, r.status, r.at, r.version FROM ask a JOIN item i ON i.id = a.item
JOIN ask_reply r ON r.ask = a.item JOIN seat s ON s.id = r.seat WHERE a.space = ?1 ORDER BY a.item, s.number;

-- :many bundle_ask_reply_past (space i64) -> ask str, seat i64, version i64, status i64, reason i64, at i64
SELECT i.uid, s.number, r.version, r.status, r.reason, r.at FROM ask a JOIN item i ON i.id = a.item
JOIN ask_reply_past r ON r.ask = a.item JOIN seat s ON s.id = r.seat WHERE a.space = ?1 ORDER BY r.id;

-- Batches by their order.
-- :many bundle_edge_past (space i64) -> batch i64, from_item str, to_item str, was_relation i64, was_quote str, relation i64, quote str, at i64
SELECT dense_rank() OVER (ORDER BY p.batch), f.uid, t.uid, p.was_relation, p.was_quote, p.relation, p.quote, p.at
FROM item f JOIN edge_past p ON p.from_item = f.id JOIN item t ON t.id = p.to_item
WHERE f.space = ?1 AND t.space = ?1 ORDER BY p.id;

-- ---- the other way round ----

-- :one org_by_uid (uid str) -> id i64
SELECT id FROM org WHERE uid = ?1;

-- :one put_org (uid str, slug str, lang str, country str, is_sample i64, created_at i64) -> id i64
INSERT INTO org (uid, slug, lang, country, is_sample, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id;

-- A house that knows it already keeps its own name of it.
-- :exec put_org_text (org i64, lang str, name str, focal_point str)
INSERT INTO org_text (org, lang, name, focal_point) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (org, lang) DO NOTHING;

-- :exec put_ask (item i64, space i64, section i64, number i64, org i64?, asked_at i64?, due_at i64?, state i64, answered_at i64?, review_at i64?, reply_until i64?, version i64, is_public i64)
INSERT INTO ask (item, space, section, number, org, asked_at, due_at, state, answered_at, review_at, reply_until, version, is_public)
SELECT id, space, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM item WHERE id = ?1 AND space = ?2 AND kind = 5;

-- :exec put_ask_method (ask i64, lang str, body str)
INSERT INTO ask_method (ask, lang, body) SELECT item, ?2, ?3 FROM ask WHERE item = ?1;

-- :exec put_ask_theme (ask i64, theme i64)
INSERT INTO ask_theme (ask, theme) SELECT item, ?2 FROM ask WHERE item = ?1;

-- :exec put_ask_sdg (ask i64, target str)
INSERT INTO ask_sdg (ask, target) SELECT item, ?2 FROM ask WHERE item = ?1;

-- :exec put_ask_withdrawn (ask i64, reason str, at i64)
INSERT INTO ask_withdrawn (ask, reason, account, at) SELECT item, ?2, 0, ?3 FROM ask WHERE item = ?1;

-- :exec put_ask_handed (ask i64, from_org i64, to_org i64, at i64)
INSERT INTO ask_handed (ask, from_org, to_org, account, at) SELECT item, ?2, ?3, 0, ?4 FROM ask WHERE item = ?1;

-- :exec put_answer (item i64, ask i64, org i64, state i64, unit str, review_at i64?, corrects i64?)
INSERT INTO answer (item, ask, org, state, unit, review_at, corrects)
SELECT i.id, a.item, ?3, ?4, ?5, ?6, ?7 FROM item i JOIN ask a ON a.item = ?2 WHERE i.id = ?1 AND i.kind = 6
AND (?7 IS NULL OR EXISTS (SELECT 1 FROM answer c WHERE c.item = ?7 AND c.ask = ?2));

-- :one proof_item (uid str) -> id i64
SELECT id FROM item WHERE uid = ?1;

-- :exec put_answer_proof (answer i64, ord i64, url str, title str, item i64?)
INSERT INTO answer_proof (answer, ord, url, title, item) SELECT item, ?2, ?3, ?4, ?5 FROM answer WHERE item = ?1;

-- :exec put_answer_draft (ask i64, org i64, field str, value str)
INSERT INTO answer_draft (ask, org, field, value) SELECT item, ?2, ?3, ?4 FROM ask WHERE item = ?1;

-- :exec put_ask_reply (ask i64, seat i64, value i64, body str, status i64, at i64, version i64)
INSERT INTO ask_reply (ask, seat, value, body, status, at, version) SELECT item, ?2, ?3, ?4, ?5, ?6, ?7 FROM ask WHERE item = ?1;

-- :exec put_ask_reply_past (ask i64, seat i64, version i64, status i64, reason i64, at i64)
INSERT INTO ask_reply_past (ask, seat, version, status, reason, account, at) SELECT item, ?2, ?3, ?4, ?5, 0, ?6 FROM ask WHERE item = ?1;

-- :one last_batch () -> n i64
SELECT coalesce(max(batch), 0) FROM edge_past;

-- :exec put_edge_past (batch i64, from_item i64, to_item i64, was_relation i64, was_quote str, relation i64, quote str, at i64)
INSERT INTO edge_past (batch, from_item, to_item, was_relation, was_quote, relation, quote, account, at)
SELECT ?1, item, ?3, ?4, ?5, ?6, ?7, 0, ?8 FROM ask WHERE item = ?2;

-- Asks and answers that are only words.
-- :one bundle_halves (space i64) -> n i64
SELECT count(*) FROM item i WHERE i.space = ?1 AND ((i.kind = 5 AND NOT EXISTS (SELECT 1 FROM ask a WHERE a.item = i.id))
OR (i.kind = 6 AND NOT EXISTS (SELECT 1 FROM answer n WHERE n.item = i.id)));
