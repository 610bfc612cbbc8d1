-- owns document document_ item_clause disposition reads item

-- :many bundle_document (space i64) -> uid str, number i64, kind i64, lang str, version i64, edits i64, created_at i64
SELECT uid, number, kind, lang, version, edits, created_at FROM document WHERE space = ?1 ORDER BY number;

-- :many bundle_document_text (space i64) -> document str, lang str, title str, lead str
SELECT d.uid, t.lang, t.title, t.lead FROM document d JOIN document_text t ON t.document = d.id WHERE d.space = ?1 ORDER BY d.number, t.lang;

-- :many bundle_document_draft (space i64) -> document str, lang str, body str, at i64
SELECT d.uid, t.lang, t.body, t.at FROM document d JOIN document_draft t ON t.document = d.id WHERE d.space = ?1 ORDER BY d.number, t.lang;

-- :many bundle_document_version (space i64) -> document str, version i64, at i64
SELECT d.uid, x.version, x.at FROM document d JOIN document_version x ON x.document = d.id WHERE d.space = ?1 ORDER BY d.number, x.version;

-- :many bundle_document_clause (space i64) -> document str, version i64, ord i64, item str
SELECT d.uid, c.version, c.ord, i.uid FROM document d JOIN document_clause c ON c.document = d.id JOIN item i ON i.id = c.item
WHERE d.space = ?1 ORDER BY d.number, c.version, c.ord;

-- :many bundle_document_words (space i64) -> document str, version i64, item str, lang str, wording i64
SELECT d.uid, w.version, i.uid, w.lang, w.wording FROM document d JOIN document_words w ON w.document = d.id JOIN item i ON i.id = w.item
WHERE d.space = ?1 ORDER BY d.number, w.version, w.item, w.lang;

-- :many bundle_item_clause (space i64) -> item str, version i64, quote str, wording str
SELECT i.uid, c.version, c.quote, c.wording FROM item i JOIN item_clause c ON c.item = i.id WHERE i.space = ?1 ORDER BY i.id;

-- :many bundle_disposition (space i64) -> document str, comment str, verdict i64, lang str, reason str, at i64
SELECT d.uid, i.uid, p.verdict, p.lang, p.reason, p.at FROM document d JOIN disposition p ON p.document = d.id JOIN item i ON i.id = p.comment
WHERE d.space = ?1 ORDER BY p.id;

-- :one put_document (uid str, space i64, number i64, kind i64, lang str, version i64, edits i64, created_at i64) -> id i64
INSERT INTO document (uid, space, number, kind, lang, version, edits, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id;

-- :exec put_document_text (document i64, lang str, title str, lead str)
INSERT INTO document_text (document, lang, title, lead) VALUES (?1, ?2, ?3, ?4);

-- :exec put_document_draft (document i64, lang str, body str, at i64)
INSERT INTO document_draft (document, lang, body, account, at) VALUES (?1, ?2, ?3, 0, ?4);

-- :exec put_document_version (document i64, version i64, at i64)
INSERT INTO document_version (document, version, account, at) VALUES (?1, ?2, 0, ?3);

-- :exec put_document_clause (document i64, version i64, ord i64, item i64)
INSERT INTO document_clause (document, version, ord, item) SELECT ?1, ?2, ?3, id FROM item WHERE id = ?4 AND kind = 7;

-- :exec put_document_words (document i64, version i64, item i64, lang str, wording i64)
INSERT INTO document_words (document, version, item, lang, wording) SELECT ?1, ?2, id, ?4, ?5 FROM item WHERE id = ?3 AND kind = 7;

-- :exec put_item_clause (item i64, version i64, quote str, wording str)
INSERT INTO item_clause (item, version, quote, wording)
SELECT i.id, ?2, ?3, ?4 FROM item i JOIN item c ON c.id = i.parent WHERE i.id = ?1 AND i.kind = 2 AND c.kind = 7;

-- :exec put_disposition (document i64, comment i64, verdict i64, lang str, reason str, at i64)
INSERT INTO disposition (document, comment, verdict, lang, reason, account, at)
SELECT ?1, i.id, ?3, ?4, ?5, 0, ?6 FROM item i JOIN item c ON c.id = i.parent WHERE i.id = ?2 AND i.kind = 2 AND c.kind = 7;

-- Clauses that stand in no document.
-- :one bundle_loose (space i64) -> n i64
SELECT count(*) FROM item i WHERE i.space = ?1 AND i.kind = 7 AND NOT EXISTS (SELECT 1 FROM document_clause c WHERE c.item = i.id);

-- Documents of which the newest version has no clauses.
-- :one bundle_empty (space i64) -> n i64
SELECT count(*) FROM document d WHERE d.space = ?1 AND d.version > 0
AND NOT EXISTS (SELECT 1 FROM document_clause c WHERE c.document = d.id AND c.version = d.version);
