-- owns answer answer_ ask ask_ reads item org org_text

-- :one answer_newest (ask i64) -> id i64
SELECT n.item FROM answer n WHERE n.ask = ?1 ORDER BY n.item DESC LIMIT 1;

-- :one answer_once (once str) -> id i64
SELECT id FROM item WHERE once = ?1;

-- What an organisation may correct.
-- :many answer_own (ask i64, org i64) -> id i64, at i64
SELECT n.item, coalesce(i.published_at, i.created_at) FROM answer n JOIN item i ON i.id = n.item
WHERE n.ask = ?1 AND n.org = ?2 ORDER BY n.item DESC;

-- :one answer_proof_is (item i64) -> id i64, kind i64, number i64
SELECT i.id, i.kind, i.number FROM item i WHERE i.id = ?1 AND i.status = 1;

-- :exec answer_add (item i64, ask i64, org i64, state i64, unit str, review_at i64?, corrects i64?)
INSERT INTO answer (item, ask, org, state, unit, review_at, corrects) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- :exec answer_add_proof (answer i64, ord i64, url str, title str, item i64?)
INSERT INTO answer_proof (answer, ord, url, title, item) VALUES (?1, ?2, ?3, ?4, ?5);

-- The ask stands as its newest answer says; it was answered when it was first more than read.
-- :exec answer_ask (ask i64, state i64, review_at i64?, today i64)
UPDATE ask SET state = ?2, review_at = ?3,
	answered_at = CASE WHEN ?2 > 1 AND answered_at IS NULL THEN ?4 ELSE answered_at END WHERE item = ?1;

-- ---- drafts ----

-- :many answer_draft_fields (ask i64, org i64) -> field str, value str
SELECT field, value FROM answer_draft WHERE ask = ?1 AND org = ?2;

-- :exec answer_draft_drop (ask i64, org i64)
DELETE FROM answer_draft WHERE ask = ?1 AND org = ?2;

-- :exec answer_draft_put (ask i64, org i64, field str, value str)
INSERT INTO answer_draft (ask, org, field, value) VALUES (?1, ?2, ?3, ?4);
