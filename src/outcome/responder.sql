-- owns ask ask_ org org_ answer answer_ reads item

-- :one responder_is (org i64, account i64) -> org i64
SELECT org FROM org_account WHERE org = ?1 AND account = ?2;

-- :many responder_orgs (account i64) -> id i64, lang str, slug str
SELECT o.id, o.lang, o.slug FROM org_account x JOIN org o ON o.id = x.org WHERE x.account = ?1 ORDER BY o.id;

-- What waits first by its day, then what is to be looked at again by its own.
-- :many responder_waiting (account i64, max i64, skip i64) -> id i64
SELECT a.item FROM ask a JOIN org_account x ON x.org = a.org
WHERE x.account = ?1 AND a.is_public = 1 AND (a.state <= 1 OR (a.state IN (2, 3, 5) AND a.review_at IS NOT NULL))
ORDER BY CASE WHEN a.state <= 1 THEN 0 ELSE 1 END, CASE WHEN a.state <= 1 THEN coalesce(a.due_at, 253402300799) ELSE a.review_at END, a.item
LIMIT ?2 OFFSET ?3;

-- :many responder_answered (account i64, max i64, skip i64) -> id i64
SELECT a.item FROM ask a JOIN org_account x ON x.org = a.org
WHERE x.account = ?1 AND a.is_public = 1 AND a.state > 1 ORDER BY a.answered_at DESC, a.item DESC LIMIT ?2 OFFSET ?3;

-- :many responder_handed (account i64, max i64, skip i64) -> ask i64, org i64, org_lang str, at i64
SELECT h.ask, h.to_org, o.lang, h.at FROM ask_handed h JOIN org_account x ON x.org = h.from_org JOIN org o ON o.id = h.to_org
JOIN ask a ON a.item = h.ask WHERE x.account = ?1 AND a.is_public = 1 ORDER BY h.id DESC LIMIT ?2 OFFSET ?3;

-- :one responder_counts (account i64) -> waiting i64, review i64, answered i64, handed i64
SELECT count(CASE WHEN a.state <= 1 THEN 1 END),
	count(CASE WHEN a.state IN (2, 3, 5) AND a.review_at IS NOT NULL THEN 1 END),
	count(CASE WHEN a.state > 1 THEN 1 END),
	(SELECT count(*) FROM ask_handed h JOIN org_account y ON y.org = h.from_org JOIN ask b ON b.item = h.ask
		WHERE y.account = ?1 AND b.is_public = 1)
FROM org_account x JOIN ask a ON a.org = x.org WHERE x.account = ?1 AND a.is_public = 1;

-- ---- handing on ----

-- :many scan "a house asks some hundred organisations at most" responder_others (org i64, lang str, max i64) -> id i64, name str
SELECT o.id, t.name FROM org o JOIN org_text t ON t.org = o.id AND t.lang = CASE
	WHEN EXISTS (SELECT 1 FROM org_text y WHERE y.org = o.id AND y.lang = ?2) THEN ?2 ELSE o.lang END
WHERE o.id <> ?1 ORDER BY t.name LIMIT ?3;

-- :one responder_org (id i64) -> id i64
SELECT id FROM org WHERE id = ?1;

-- :exec responder_hand (ask i64, org i64)
UPDATE ask SET org = ?2 WHERE item = ?1;

-- :exec responder_hand_add (ask i64, from_org i64, to_org i64, account i64, at i64)
INSERT INTO ask_handed (ask, from_org, to_org, account, at) VALUES (?1, ?2, ?3, ?4, ?5);

-- :exec responder_draft_drop (ask i64, org i64)
DELETE FROM answer_draft WHERE ask = ?1 AND org = ?2;

-- Where an ask went, for everybody.
-- :many ask_handed_all (ask i64) -> from_org i64, from_lang str, to_org i64, to_lang str, at i64
SELECT h.from_org, f.lang, h.to_org, t.lang, h.at FROM ask_handed h JOIN org f ON f.id = h.from_org JOIN org t ON t.id = h.to_org
WHERE h.ask = ?1 ORDER BY h.id;
