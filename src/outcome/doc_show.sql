-- owns document document_ disposition reads item item_clause item_text item_past seat space

-- :many doc_versions (document i64) -> version i64, at i64
SELECT version, at FROM document_version WHERE document = ?1 ORDER BY version DESC;

-- :many doc_comment_counts (document i64, version i64) -> item i64, n i64
SELECT c.item, count(*) FROM document_clause c JOIN item i ON i.parent = c.item AND i.status = 1 AND i.kind = 2
WHERE c.document = ?1 AND c.version = ?2 GROUP BY c.item;

-- Over all versions: comments on dropped clauses count.
-- :one doc_comment_people (document i64) -> comments i64, people i64
SELECT count(*), count(DISTINCT i.seat) FROM item i WHERE i.kind = 2 AND i.status = 1
AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?1);

-- :many doc_verdicts (document i64) -> verdict i64, n i64
SELECT d.verdict, count(*) FROM disposition d JOIN item i ON i.id = d.comment
WHERE d.document = ?1 AND i.status = 1
AND d.id = (SELECT max(x.id) FROM disposition x WHERE x.comment = d.comment) GROUP BY d.verdict;

-- :many clause_comments (clause i64, max i64, skip i64) -> id i64, version i64, quote str, wording str
SELECT i.id, coalesce(x.version, 0), coalesce(x.quote, ''), coalesce(x.wording, '')
FROM item i LEFT JOIN item_clause x ON x.item = i.id
WHERE i.parent = ?1 AND i.kind = 2 AND i.status = 1 ORDER BY i.useful DESC, i.id LIMIT ?2 OFFSET ?3;

-- The original words of a clause in one version.
-- :one clause_then (document i64, version i64, item i64, lang str) -> wording i64, body str
SELECT w.wording, coalesce(t.body, p.body, '') FROM document_words w
LEFT JOIN item_text t ON t.item = w.item AND t.lang = w.lang AND t.version = w.wording
LEFT JOIN item_past p ON p.item = w.item AND p.lang = w.lang AND p.version = w.wording
WHERE w.document = ?1 AND w.version = ?2 AND w.item = ?3 AND w.lang = ?4;

-- Easy words of a clause, unless they are older than what they explain.
-- :one clause_easy (item i64, easy str, original str) -> body str
SELECT e.body FROM item_text e JOIN item_text o ON o.item = e.item AND o.lang = ?3
WHERE e.item = ?1 AND e.lang = ?2 AND e.origin = 3 AND e.at >= o.at;

-- :one clause_verdict (comment i64) -> id i64, verdict i64, lang str, reason str, at i64
SELECT id, verdict, lang, reason, at FROM disposition WHERE comment = ?1 ORDER BY id DESC LIMIT 1;

-- Where a clause stands, in the newest version that has it.
-- :one clause_place (item i64) -> space i64, slug str, number i64, version i64, ord i64, newest i64
SELECT d.space, s.slug, d.number, c.version, c.ord, d.version FROM document_clause c JOIN document d ON d.id = c.document
JOIN space s ON s.id = d.space WHERE c.item = ?1 ORDER BY c.version DESC LIMIT 1;
