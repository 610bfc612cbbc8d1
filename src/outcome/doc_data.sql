-- owns document document_ disposition item_clause reads item item_text item_past seat

-- After a place in the file: version, place in it and language.
-- :many doc_data_clauses (document i64, version i64, ord i64, lang str, max i64) -> version i64, ord i64, id i64, number i64, lang str, title str, body str
SELECT c.version, c.ord, i.id, i.number, w.lang, coalesce(t.title, p.title, ''), coalesce(t.body, p.body, '')
FROM document_clause c JOIN item i ON i.id = c.item
JOIN document_words w ON w.document = c.document AND w.version = c.version AND w.item = c.item
LEFT JOIN item_text t ON t.item = w.item AND t.lang = w.lang AND t.version = w.wording
LEFT JOIN item_past p ON p.item = w.item AND p.lang = w.lang AND p.version = w.wording
WHERE c.document = ?1 AND (c.version, c.ord, w.lang) > (?2, ?3, ?4) ORDER BY c.version, c.ord, w.lang LIMIT ?5;

-- Published ones, in the words of their authors, with the newest word on each.
-- :many doc_data_comments (document i64, after i64, max i64) -> id i64, number i64, clause i64, version i64, lang str, body str, quote str, wording str, verdict i64, reason str, at i64
SELECT i.id, i.number, k.number, coalesce(x.version, 0), i.lang, t.body, coalesce(x.quote, ''), coalesce(x.wording, ''),
	coalesce(d.verdict, 0), coalesce(d.reason, ''), coalesce(d.at, 0)
FROM item i JOIN item k ON k.id = i.parent JOIN item_text t ON t.item = i.id AND t.lang = i.lang LEFT JOIN item_clause x ON x.item = i.id
LEFT JOIN disposition d ON d.id = (SELECT max(y.id) FROM disposition y WHERE y.comment = i.id)
WHERE i.id > ?2 AND i.kind = 2 AND i.status = 1 AND i.parent IN (SELECT c.item FROM document_clause c WHERE c.document = ?1) ORDER BY i.id LIMIT ?3;
