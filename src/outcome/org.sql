-- owns org org_ ask ask_ reads space

-- :one org_by_slug (slug str) -> id i64, lang str, country str, is_sample i64
SELECT id, lang, country, is_sample FROM org WHERE slug = ?1;

-- Late ones first, then those that wait, then the rest; only what everyone may read.
-- :many org_asks (org i64, today i64, max i64, skip i64) -> id i64, slug str
SELECT a.item, s.slug FROM ask a JOIN space s ON s.id = a.space
WHERE a.org = ?1 AND a.is_public = 1 AND s.access = 0 AND s.state > 0
ORDER BY CASE WHEN a.state <= 1 AND a.due_at / 86400 < ?2 THEN 0 WHEN a.state <= 1 THEN 1 ELSE 2 END,
	coalesce(a.due_at, 253402300799), a.item LIMIT ?3 OFFSET ?4;
