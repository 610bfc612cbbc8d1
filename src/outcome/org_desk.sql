-- owns org org_ reads ask account account_role

-- :many org_desk_all (lang str, max i64) -> id i64, slug str, name str, asks i64, people i64
SELECT o.id, o.slug, t.name, (SELECT count(*) FROM ask a WHERE a.org = o.id), (SELECT count(*) FROM org_account x WHERE x.org = o.id)
FROM org o JOIN org_text t ON t.org = o.id AND t.lang = CASE
	WHEN EXISTS (SELECT 1 FROM org_text x WHERE x.org = o.id AND x.lang = ?1) THEN ?1 ELSE o.lang END
WHERE o.id > 0 ORDER BY t.name LIMIT ?2;

-- :one org_desk_slug (slug str) -> id i64
SELECT id FROM org WHERE slug = ?1;

-- :one org_insert (uid str, slug str, lang str, country str, is_sample i64, at i64) -> id i64
INSERT INTO org (uid, slug, lang, country, is_sample, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id;

-- :exec org_text_put (org i64, lang str, name str, focal_point str)
INSERT INTO org_text (org, lang, name, focal_point) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (org, lang) DO UPDATE SET name = excluded.name, focal_point = excluded.focal_point;

-- :exec org_country_set (org i64, country str)
UPDATE org SET country = ?2 WHERE id = ?1;

-- :one org_desk_row (slug str) -> id i64, lang str, country str
SELECT id, lang, country FROM org WHERE slug = ?1;

-- :one org_desk_text (org i64, lang str) -> name str, focal_point str
SELECT name, focal_point FROM org_text WHERE org = ?1 AND lang = ?2;

-- :many org_desk_langs (org i64) -> lang str
SELECT lang FROM org_text WHERE org = ?1 ORDER BY lang;

-- :many org_people (org i64) -> id i64, name str
SELECT a.id, a.name FROM org_account x JOIN account a ON a.id = x.account WHERE x.org = ?1 ORDER BY a.name_key;

-- :exec org_people_add (org i64, account i64)
INSERT INTO org_account (org, account) VALUES (?1, ?2) ON CONFLICT (org, account) DO NOTHING;

-- :exec org_people_remove (org i64, account i64)
DELETE FROM org_account WHERE org = ?1 AND account = ?2;

-- :one org_people_left (account i64) -> n i64
SELECT count(*) FROM org_account WHERE account = ?1;
