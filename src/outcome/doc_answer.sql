-- owns disposition reads document document_clause item item_clause

-- Those without an answer first, then the newest. only: one of them, 0: all.
-- :many doc_desk_comments (document i64, max i64, skip i64, only i64) -> id i64, clause i64, version i64, quote str
SELECT i.id, coalesce(i.parent, 0), coalesce(x.version, 0), coalesce(x.quote, '') FROM item i LEFT JOIN item_clause x ON x.item = i.id
WHERE i.kind = 2 AND i.status = 1 AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?1) AND (?4 = 0 OR i.id = ?4)
ORDER BY CASE WHEN EXISTS (SELECT 1 FROM disposition d WHERE d.comment = i.id) THEN 1 ELSE 0 END, i.id LIMIT ?2 OFFSET ?3;

-- :one doc_desk_counts (document i64) -> n i64, answered i64
SELECT count(*), count(CASE WHEN EXISTS (SELECT 1 FROM disposition d WHERE d.comment = i.id) THEN 1 END) FROM item i
WHERE i.kind = 2 AND i.status = 1 AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?1);

-- :one doc_comment_is (comment i64, document i64) -> n i64, last i64
SELECT count(*), coalesce((SELECT max(d.id) FROM disposition d WHERE d.comment = ?1), 0) FROM item i
WHERE i.id = ?1 AND i.kind = 2 AND i.status = 1 AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?2);

-- :exec disposition_add (document i64, comment i64, verdict i64, lang str, reason str, account i64, at i64)
INSERT INTO disposition (document, comment, verdict, lang, reason, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
