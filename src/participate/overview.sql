-- owns seat item item_ reads ask document document_text

-- :many space_newest (space i64) -> id i64
SELECT id FROM item WHERE space = ?1 AND kind = 2 AND status = 1 ORDER BY id DESC LIMIT 5;

-- :one space_people (space i64) -> people i64, countries i64
-- From country to country through the index: each is looked at once, not each person.
SELECT (SELECT count(*) FROM seat WHERE space = ?1),
	(WITH RECURSIVE step(country) AS (
		SELECT min(country) FROM seat WHERE space = ?1 AND country > ''
		UNION ALL
		SELECT (SELECT min(s.country) FROM seat s WHERE s.space = ?1 AND s.country > step.country)
		FROM step WHERE step.country IS NOT NULL)
	SELECT count(country) FROM step);

-- :many space_documents (space i64, lang str) -> number i64, lang str, title str
SELECT d.number, t.lang, t.title FROM document d JOIN document_text t ON t.document = d.id
WHERE d.space = ?1 AND d.version > 0
AND t.lang = coalesce((SELECT m.lang FROM document_text m WHERE m.document = d.id AND m.lang = ?2), d.lang)
ORDER BY d.number;

-- :one space_asks (space i64) -> n i64
SELECT count(*) FROM ask WHERE space = ?1 AND is_public = 1;

-- :one space_statements (space i64) -> n i64
SELECT count(*) FROM item WHERE space = ?1 AND kind = 4 AND status = 1;

-- :many space_questions (space i64, easy str, lang str) -> id i64, number i64, lang str, title str, answers i64
SELECT q.id, q.number, t.lang, t.title,
	(SELECT count(*) FROM item a WHERE a.parent = q.id AND a.status = 1)
FROM item q JOIN item_text t ON t.item = q.id
WHERE q.space = ?1 AND q.kind = 1 AND q.status = 1
AND t.lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = q.id AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = q.id AND m.lang = ?3), q.lang)
ORDER BY q.number;
