-- owns document document_ reads item item_text item_past

-- :one doc_at (space i64, number i64) -> id i64, number i64, kind i64, lang str, version i64, edits i64
SELECT id, number, kind, lang, version, edits FROM document WHERE space = ?1 AND number = ?2;

-- :many doc_all (space i64, least i64) -> number i64
SELECT number FROM document WHERE space = ?1 AND version >= ?2 ORDER BY number;

-- :one doc_words (document i64, lang str, original str) -> lang str, title str, lead str
SELECT lang, title, lead FROM document_text WHERE document = ?1 AND lang IN (?2, ?3)
ORDER BY CASE WHEN lang = ?2 THEN 0 ELSE 1 END LIMIT 1;

-- :many doc_clause_words (document i64, version i64, lang str, original str) -> ord i64, item i64, lang str, wording i64, title str, body str
SELECT c.ord, c.item, w.lang, w.wording, coalesce(t.title, p.title, ''), coalesce(t.body, p.body, '')
FROM document_clause c
JOIN document_words w ON w.document = c.document AND w.version = c.version AND w.item = c.item AND w.lang =
	CASE WHEN EXISTS (SELECT 1 FROM document_words x WHERE x.document = c.document AND x.version = c.version
		AND x.item = c.item AND x.lang = ?3) THEN ?3 ELSE ?4 END
LEFT JOIN item_text t ON t.item = w.item AND t.lang = w.lang AND t.version = w.wording
LEFT JOIN item_past p ON p.item = w.item AND p.lang = w.lang AND p.version = w.wording
WHERE c.document = ?1 AND c.version = ?2 ORDER BY c.ord;
