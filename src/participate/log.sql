-- owns decision reads item account_role

-- :many log_counts (space i64) -> verdict i64, n i64
SELECT verdict, count(*) FROM decision WHERE space = ?1 GROUP BY verdict;

-- :many log_rows (space i64, before i64, max i64, skip i64) -> id i64, item i64, kind i64, number i64, published_at i64?, verdict i64, reason i64, at i64, roles i64
SELECT d.id, d.item, i.kind, i.number, i.published_at, d.verdict, d.reason, d.at,
	coalesce((SELECT r.roles FROM account_role r WHERE r.account = d.account AND r.space = d.space),
		(SELECT r.roles FROM account_role r WHERE r.account = d.account AND r.space = 0), 0)
FROM decision d JOIN item i ON i.id = d.item WHERE d.space = ?1 AND d.id < ?2 ORDER BY d.id DESC LIMIT ?3 OFFSET ?4;

-- :one digest_waiting (space i64) -> n i64
SELECT count(*) FROM item WHERE space = ?1 AND status = 0 AND kind BETWEEN 2 AND 4;

-- :one digest_wait (space i64, skip i64) -> at i64
SELECT created_at FROM item WHERE space = ?1 AND status = 0 AND kind BETWEEN 2 AND 4 ORDER BY created_at LIMIT 1 OFFSET ?2;

-- :many digest_days (space i64, since i64) -> day i64, n i64
SELECT at / 86400, count(*) FROM decision WHERE space = ?1 AND at >= ?2 GROUP BY at / 86400;

-- :many digest_langs (space i64) -> lang str, n i64
SELECT lang, count(*) FROM item WHERE space = ?1 AND status = 0 AND kind BETWEEN 2 AND 4 GROUP BY lang ORDER BY count(*) DESC, lang;

-- :many digest_questions (space i64) -> number i64, n i64
SELECT coalesce(q.number, p.number, 0), count(*) FROM item i LEFT JOIN item p ON p.id = i.parent LEFT JOIN item q ON q.id = p.parent
WHERE i.space = ?1 AND i.status = 0 AND i.kind BETWEEN 2 AND 4 GROUP BY coalesce(q.number, p.number, 0) ORDER BY coalesce(q.number, p.number, 0);
