-- owns space space_ reads item vote seat ask ask_ answer document

-- :one keep_of (space i64) -> keep_years i64?, is_warned i64, due_at i64
SELECT s.keep_years, CASE WHEN e.space IS NULL THEN 0 ELSE 1 END, coalesce(e.due_at, 0)
FROM space s LEFT JOIN space_end e ON e.space = s.id WHERE s.id = ?1;

-- :exec keep_set (space i64, keep_years i64?)
UPDATE space SET keep_years = ?2 WHERE id = ?1;

-- :one keep_counts (space i64) -> people i64, contributions i64, replies i64, statements i64, votes i64, asks i64, answers i64, documents i64
SELECT (SELECT count(*) FROM seat t WHERE t.space = ?1),
	(SELECT count(*) FROM item i WHERE i.space = ?1 AND i.kind = 2), (SELECT count(*) FROM item i WHERE i.space = ?1 AND i.kind = 3),
	(SELECT count(*) FROM item i WHERE i.space = ?1 AND i.kind = 4), (SELECT count(*) FROM vote v WHERE v.space = ?1),
	(SELECT count(*) FROM ask a WHERE a.space = ?1 AND a.is_public = 1),
	(SELECT count(*) FROM ask a JOIN answer n ON n.ask = a.item JOIN item i ON i.id = n.item WHERE a.space = ?1 AND a.is_public = 1 AND i.status = 1),
	(SELECT count(*) FROM document d WHERE d.space = ?1 AND d.version > 0);
