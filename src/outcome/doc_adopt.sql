-- owns nothing reads ask edge item item_text item_clause document document_clause disposition

-- A comment on a clause of the document, with the newest word on it and the clause's own title.
-- :one adopt_comment (comment i64, document i64, lang str) -> clause i64, verdict i64, wording str, title str
SELECT coalesce(i.parent, 0), coalesce((SELECT d.verdict FROM disposition d WHERE d.comment = i.id ORDER BY d.id DESC LIMIT 1), 0),
	coalesce(x.wording, ''), t.title
FROM item i JOIN item_text t ON t.item = i.parent AND t.lang = ?3 LEFT JOIN item_clause x ON x.item = i.id
WHERE i.id = ?1 AND i.kind = 2 AND i.status = 1 AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?2);

-- :one adopt_ask (comment i64, least i64) -> section i64, number i64
SELECT a.section, a.number FROM item i JOIN edge e ON e.to_item = i.id AND e.relation IN (2, 3, 4) JOIN ask a ON a.item = e.from_item
JOIN edge c ON c.from_item = e.from_item AND c.relation = 1 AND c.to_item = i.parent
WHERE i.id = ?1 AND a.is_public >= ?2 ORDER BY a.item LIMIT 1;

-- :many adopt_clauses (ask i64, lang str) -> item i64, lang str, title str
SELECT i.id, t.lang, t.title FROM edge e JOIN item i ON i.id = e.to_item AND i.kind = 7
JOIN item_text t ON t.item = i.id AND t.lang = CASE WHEN EXISTS (SELECT 1 FROM item_text x WHERE x.item = i.id AND x.lang = ?2) THEN ?2 ELSE i.lang END
WHERE e.from_item = ?1 AND e.relation = 1 ORDER BY e.id;
