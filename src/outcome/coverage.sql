-- owns ask ask_ reads item edge space space_end

-- Of a space that was deleted, as it was then.
-- :one coverage_kept (space i64) -> published i64, unused i64
SELECT e.answered, e.unused FROM space s JOIN space_end e ON e.space = s.id WHERE s.id = ?1 AND s.state = 4;

-- Answers to the questions of a space, and those that no public ask cites and that carry no theme.
-- :one coverage_of (space i64) -> published i64, unused i64
SELECT count(*), count(CASE WHEN i.theme IS NULL AND NOT EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
	WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 END)
FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = ?1 AND q.kind = 1;

-- The same where asks that nobody sees yet count as well.
-- :one coverage_drafted (space i64) -> published i64, unused i64
SELECT count(*), count(CASE WHEN i.theme IS NULL AND NOT EXISTS (SELECT 1 FROM edge e
	WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4) THEN 1 END)
FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = ?1 AND q.kind = 1;

-- :many coverage_unused (space i64, max i64, skip i64) -> id i64
SELECT i.id FROM item q JOIN item i ON i.parent = q.id AND i.status = 1
WHERE q.space = ?1 AND q.kind = 1 AND i.theme IS NULL AND NOT EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
	WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) ORDER BY i.id LIMIT ?2 OFFSET ?3;
