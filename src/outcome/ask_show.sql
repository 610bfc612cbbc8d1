-- owns ask ask_ answer answer_ edge_past reads item item_text edge org org_text theme theme_text seat space_end

-- :many ask_evidence (ask i64, relation i64, max i64, skip i64) -> item i64, kind i64, number i64, quote str, status i64, changed_at i64
SELECT e.to_item, i.kind, i.number, e.quote, i.status, i.changed_at FROM edge e JOIN item i ON i.id = e.to_item
WHERE e.from_item = ?1 AND e.relation = ?2 AND i.kind IN (2, 3) ORDER BY e.id LIMIT ?3 OFFSET ?4;

-- Where all of a side stand, so that each is one step from the page that lists them.
-- :many ask_sources (ask i64, relation i64, max i64) -> item i64, kind i64, number i64
SELECT i.id, i.kind, i.number FROM edge e JOIN item i ON i.id = e.to_item
WHERE e.from_item = ?1 AND e.relation = ?2 AND i.kind IN (2, 3) ORDER BY e.id LIMIT ?3;

-- :many ask_answers (ask i64) -> id i64, org i64, org_lang str, state i64, unit str, review_at i64?, corrects i64?, lang str, at i64
SELECT n.item, n.org, o.lang, n.state, n.unit, n.review_at, n.corrects, i.lang, coalesce(i.published_at, i.created_at)
FROM answer n JOIN item i ON i.id = n.item JOIN org o ON o.id = n.org
WHERE n.ask = ?1 AND i.status = 1 ORDER BY n.item DESC;

-- :many ask_proofs (ask i64) -> answer i64, url str, title str, item i64?, gone_at i64
SELECT p.answer, p.url, p.title, p.item, coalesce(CASE WHEN i.kind IN (2, 3, 4) THEN e.begun_at END, 0)
FROM answer n JOIN answer_proof p ON p.answer = n.item LEFT JOIN item i ON i.id = p.item LEFT JOIN space_end e ON e.space = i.space
WHERE n.ask = ?1 ORDER BY p.answer, p.ord;

-- :one ask_method_words (ask i64, lang str, original str) -> lang str, body str
SELECT lang, body FROM ask_method WHERE ask = ?1 AND lang IN (?2, ?3)
ORDER BY CASE WHEN lang = ?2 THEN 0 ELSE 1 END LIMIT 1;

-- :many ask_themes (ask i64, lang str, original str) -> id i64, name str
SELECT x.theme, (SELECT t.name FROM theme_text t WHERE t.theme = x.theme AND t.lang IN (?2, ?3)
	ORDER BY CASE WHEN t.lang = ?2 THEN 0 ELSE 1 END LIMIT 1)
FROM ask_theme x WHERE x.ask = ?1 ORDER BY x.theme;

-- :many ask_targets (ask i64) -> target str
SELECT target FROM ask_sdg WHERE ask = ?1 ORDER BY target;

-- Whether those who are cited find themselves in it.
-- :one ask_replies (ask i64) -> reflects i64, does_not i64
SELECT coalesce((SELECT k.reflects FROM ask_kept k WHERE k.ask = ?1), sum(value), 0),
	coalesce((SELECT k.does_not FROM ask_kept k WHERE k.ask = ?1), sum(1 - value), 0) FROM ask_reply WHERE ask = ?1;

-- :many ask_reply_words (ask i64, max i64) -> body str, number i64, alias str, at i64, value i64
SELECT r.body, s.number, s.alias, r.at, r.value FROM ask_reply r JOIN seat s ON s.id = r.seat
WHERE r.ask = ?1 AND r.status = 1 AND r.body <> '' ORDER BY r.at DESC, s.number LIMIT ?2;

-- :one ask_before (space i64, section i64, number i64) -> section i64, number i64
SELECT section, number FROM ask WHERE space = ?1 AND is_public = 1
AND (section < ?2 OR (section = ?2 AND number < ?3)) ORDER BY section DESC, number DESC LIMIT 1;

-- :one ask_after (space i64, section i64, number i64) -> section i64, number i64
SELECT section, number FROM ask WHERE space = ?1 AND is_public = 1
AND (section > ?2 OR (section = ?2 AND number > ?3)) ORDER BY section, number LIMIT 1;

-- :one ask_org_country (org i64) -> country str
SELECT country FROM org WHERE id = ?1;
