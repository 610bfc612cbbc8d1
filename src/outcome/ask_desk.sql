-- owns ask ask_ reads item item_text org org_text edge theme

-- :one ask_next (space i64, section i64) -> number i64
SELECT coalesce(max(number), 0) + 1 FROM ask WHERE space = ?1 AND section = ?2;

-- :exec ask_insert (item i64, space i64, section i64, number i64)
INSERT INTO ask (item, space, section, number, state, version, is_public) VALUES (?1, ?2, ?3, ?4, 0, 1, 0);

-- which: 0 all, 1 drafts, 2 public, 3 taken back.
-- :many ask_desk_page (space i64, which i64, max i64, skip i64) -> id i64
SELECT a.item FROM ask a LEFT JOIN ask_withdrawn w ON w.ask = a.item WHERE a.space = ?1
AND (?2 = 0 OR ?2 = CASE WHEN w.ask IS NOT NULL THEN 3 WHEN a.is_public = 1 THEN 2 ELSE 1 END)
ORDER BY a.section, a.number LIMIT ?3 OFFSET ?4;

-- :one ask_desk_counts (space i64) -> drafts i64, shown i64, gone i64
SELECT count(CASE WHEN a.is_public = 0 AND w.ask IS NULL THEN 1 END), count(CASE WHEN a.is_public = 1 THEN 1 END), count(w.ask)
FROM ask a LEFT JOIN ask_withdrawn w ON w.ask = a.item WHERE a.space = ?1;

-- Drafts in which nothing is missing; see ask_gaps.
-- :many ask_ready (space i64, max i64) -> id i64
SELECT a.item FROM ask a LEFT JOIN ask_withdrawn w ON w.ask = a.item JOIN item i ON i.id = a.item
JOIN item_text t ON t.item = a.item AND t.lang = i.lang
WHERE a.space = ?1 AND a.is_public = 0 AND w.ask IS NULL AND a.org IS NOT NULL AND a.due_at IS NOT NULL AND t.body <> ''
AND EXISTS (SELECT 1 FROM edge e WHERE e.from_item = a.item AND e.relation IN (2, 3, 4)) ORDER BY a.section, a.number LIMIT ?2;

-- :one ask_links (ask i64) -> n i64
SELECT count(*) FROM edge WHERE from_item = ?1 AND relation IN (2, 3, 4);

-- :one ask_desk_words (item i64, lang str) -> title str, body str
SELECT title, body FROM item_text WHERE item = ?1 AND lang = ?2;

-- :many ask_desk_langs (item i64) -> lang str
SELECT lang FROM item_text WHERE item = ?1 ORDER BY lang;

-- :one ask_desk_method (ask i64, lang str) -> body str
SELECT body FROM ask_method WHERE ask = ?1 AND lang = ?2;

-- :exec ask_method_put (ask i64, lang str, body str)
INSERT INTO ask_method (ask, lang, body) VALUES (?1, ?2, ?3) ON CONFLICT (ask, lang) DO UPDATE SET body = excluded.body;

-- :exec ask_method_drop (ask i64, lang str)
DELETE FROM ask_method WHERE ask = ?1 AND lang = ?2;

-- :exec ask_edited (id i64)
UPDATE ask SET version = version + 1 WHERE item = ?1;

-- Whom it is put to and until when: only as long as nobody has read it.
-- :exec ask_put_to (id i64, org i64?, asked_at i64?, due_at i64?)
UPDATE ask SET org = ?2, asked_at = ?3, due_at = ?4 WHERE item = ?1 AND is_public = 0;

-- :exec ask_reply_by (id i64, reply_until i64?)
UPDATE ask SET reply_until = ?2 WHERE item = ?1;

-- :exec ask_themes_clear (ask i64)
DELETE FROM ask_theme WHERE ask = ?1;

-- :exec ask_theme_add (ask i64, theme i64, space i64)
INSERT INTO ask_theme (ask, theme) SELECT ?1, id FROM theme WHERE id = ?2 AND space = ?3;

-- :exec ask_sdg_clear (ask i64)
DELETE FROM ask_sdg WHERE ask = ?1;

-- :exec ask_sdg_add (ask i64, target str)
INSERT INTO ask_sdg (ask, target) VALUES (?1, ?2) ON CONFLICT (ask, target) DO NOTHING;

-- :exec ask_publish (id i64, today i64, reply_until i64)
UPDATE ask SET is_public = 1, asked_at = coalesce(asked_at, ?2), reply_until = coalesce(reply_until, ?3), version = version + 1
WHERE item = ?1 AND is_public = 0;

-- :exec ask_take_back (id i64)
UPDATE ask SET is_public = 0, version = version + 1 WHERE item = ?1 AND is_public = 1;

-- :exec ask_withdrawn_put (ask i64, reason str, account i64, at i64)
INSERT INTO ask_withdrawn (ask, reason, account, at) VALUES (?1, ?2, ?3, ?4);

-- :one ask_withdrawn_of (ask i64) -> reason str, at i64
SELECT reason, at FROM ask_withdrawn WHERE ask = ?1;

-- :one ask_org_is (id i64) -> id i64
SELECT id FROM org WHERE id = ?1;

-- :many ask_desk_orgs (lang str, max i64) -> id i64, name str
SELECT o.id, t.name FROM org o JOIN org_text t ON t.org = o.id AND t.lang = CASE
	WHEN EXISTS (SELECT 1 FROM org_text x WHERE x.org = o.id AND x.lang = ?1) THEN ?1 ELSE o.lang END
WHERE o.id > 0 ORDER BY t.name LIMIT ?2;
