-- owns nothing reads item space space_end

-- Of a space that was deleted, as it was then.
-- :one coverage_kept (space i64) -> published i64, unused i64
SELECT e.answered, e.unused FROM space s JOIN space_end e ON e.space = s.id WHERE s.id = ?1 AND s.state = 4;

-- Answers to the questions of a space, and those that no public ask cites and that carry no theme.
-- :one coverage_of (space i64) -> published i64, unused i64
SELECT (SELECT count(*) FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = ?1 AND q.kind = 1),
	(SELECT count(*) FROM item i JOIN item q ON q.id = i.parent AND q.kind = 1
		WHERE i.space = ?1 AND i.kind = 2 AND i.status = 1 AND i.is_shown = 0 AND i.theme IS NULL);

-- The same where asks that nobody sees yet count as well.
-- :one coverage_drafted (space i64) -> published i64, unused i64
SELECT (SELECT count(*) FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = ?1 AND q.kind = 1),
	(SELECT count(*) FROM item i JOIN item q ON q.id = i.parent AND q.kind = 1
		WHERE i.space = ?1 AND i.kind = 2 AND i.status = 1 AND i.is_cited = 0 AND i.theme IS NULL);

-- :many coverage_unused (space i64, max i64, skip i64) -> id i64
SELECT i.id FROM item i WHERE i.space = ?1 AND i.kind = 2 AND i.status = 1 AND i.is_shown = 0 AND i.theme IS NULL
AND EXISTS (SELECT 1 FROM item q WHERE q.id = i.parent AND q.kind = 1) ORDER BY i.id LIMIT ?2 OFFSET ?3;
