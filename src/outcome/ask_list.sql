-- owns ask ask_ reads item item_text answer org org_text edge

-- :many ask_list_page (space i64, section i64, states i64, org i64, max i64, skip i64) -> id i64
SELECT item FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1 << state) & ?3) <> 0
AND (?4 = 0 OR org = ?4) ORDER BY section, number LIMIT ?5 OFFSET ?6;
-- :pg
SELECT item FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1::bigint << state::int) & ?3) <> 0
AND (?4 = 0 OR org = ?4) ORDER BY section, number LIMIT ?5 OFFSET ?6;

-- The same from behind: what is far from one end is near to the other.
-- :many ask_list_back (space i64, section i64, states i64, org i64, max i64, skip i64) -> id i64
SELECT item FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1 << state) & ?3) <> 0
AND (?4 = 0 OR org = ?4) ORDER BY section DESC, number DESC LIMIT ?5 OFFSET ?6;
-- :pg
SELECT item FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1::bigint << state::int) & ?3) <> 0
AND (?4 = 0 OR org = ?4) ORDER BY section DESC, number DESC LIMIT ?5 OFFSET ?6;

-- :one ask_list_count (space i64, section i64, states i64, org i64) -> n i64
SELECT count(*) FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1 << state) & ?3) <> 0
AND (?4 = 0 OR org = ?4);
-- :pg
SELECT count(*) FROM ask WHERE space = ?1 AND is_public = 1 AND (?2 < 0 OR section = ?2) AND ((1::bigint << state::int) & ?3) <> 0
AND (?4 = 0 OR org = ?4);

-- The questions that asks stand under, and who is asked: for the filters.
-- :many ask_list_sections (space i64, easy str, lang str) -> number i64, title str, lang str
SELECT q.number, t.title, t.lang FROM item q JOIN item_text t ON t.item = q.id
AND t.lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = q.id AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = q.id AND m.lang = ?3), q.lang)
WHERE q.space = ?1 AND q.kind = 1 AND q.status = 1
AND EXISTS (SELECT 1 FROM ask a WHERE a.space = ?1 AND a.section = q.number) ORDER BY q.number;

-- :many ask_list_orgs (space i64, lang str) -> id i64, slug str, name str
SELECT o.id, o.slug, t.name FROM org o JOIN org_text t ON t.org = o.id AND t.lang = CASE
	WHEN EXISTS (SELECT 1 FROM org_text x WHERE x.org = o.id AND x.lang = ?2) THEN ?2 ELSE o.lang END
WHERE o.id IN (SELECT a.org FROM ask a WHERE a.space = ?1 AND a.is_public = 1) ORDER BY t.name;

-- :one ask_list_answer (ask i64) -> id i64, org i64, org_lang str, lang str, at i64
SELECT n.item, n.org, o.lang, i.lang, coalesce(i.published_at, i.created_at)
FROM answer n JOIN item i ON i.id = n.item JOIN org o ON o.id = n.org
WHERE n.ask = ?1 AND i.status = 1 ORDER BY n.item DESC LIMIT 1;

-- The statements among the evidence.
-- :many ask_statements (ask i64) -> item i64, relation i64
SELECT i.id, e.relation FROM edge e JOIN item i ON i.id = e.to_item
WHERE e.from_item = ?1 AND e.relation IN (2, 3, 4) AND i.kind = 4 ORDER BY e.id;
