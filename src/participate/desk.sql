-- owns space space_ reads account_role item item_ flag ask ask_reply

-- :many scan "a house has tens of consultations" desk_spaces (account i64, sees_all i64, max i64) -> id i64, slug str
SELECT s.id, s.slug FROM space s
WHERE (s.state < 4 OR s.announced_at IS NOT NULL) AND (?2 = 1 OR EXISTS (SELECT 1 FROM account_role r WHERE r.account = ?1 AND r.space = s.id))
ORDER BY s.state, s.id DESC LIMIT ?3;

-- :one desk_todo (space i64) -> waiting i64, flagged i64
SELECT (SELECT count(*) FROM item i WHERE i.space = ?1 AND i.status = 0),
	(SELECT count(DISTINCT f.item) FROM flag f WHERE f.space = ?1 AND f.is_open = 1);

-- What became of it: asks that everybody reads, and those whose answer is to be looked at again.
-- :one desk_asks (space i64, today i64) -> n i64, review i64, comments i64
SELECT count(*), count(CASE WHEN a.state IN (2, 3, 5) AND a.review_at / 86400 <= ?2 THEN 1 END),
	(SELECT count(*) FROM ask_reply r JOIN ask b ON b.item = r.ask WHERE b.space = ?1 AND r.status = 0 AND r.body <> '')
FROM ask a WHERE a.space = ?1 AND a.is_public = 1;

-- :one desk_end (space i64) -> due_at i64
SELECT due_at FROM space_end WHERE space = ?1 AND begun_at IS NULL;

-- :one desk_published (space i64) -> n i64
SELECT count(*) FROM item i WHERE i.space = ?1 AND i.status = 1 AND i.kind IN (1, 2, 4);

-- :many desk_translated (space i64) -> kind i64, lang str, n i64
SELECT i.kind, t.lang, count(*) FROM item i JOIN item_text t ON t.item = i.id
WHERE i.space = ?1 AND i.status = 1 AND i.kind IN (1, 2, 4) AND t.origin <> 2 GROUP BY i.kind, t.lang;

-- :one desk_add (uid str, slug str, link_key str, lang str, langs i64, at i64) -> id i64
INSERT INTO space (uid, slug, state, access, link_key, moderation, lang, langs, is_sample, created_at, changed_at)
VALUES (?1, ?2, 0, 0, ?3, 0, ?4, ?5, 0, ?6, ?6) RETURNING id;

-- :exec desk_add_text (space i64, lang str, title str)
INSERT INTO space_text (space, lang, title, purpose, run_by, decider, feeds, notice_reason)
VALUES (?1, ?2, ?3, '', '', '', '', '');

-- :one desk_slug_is (slug str) -> id i64
SELECT id FROM space WHERE slug = ?1;
