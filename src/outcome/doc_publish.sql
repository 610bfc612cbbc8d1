-- owns document document_ reads item_text

-- :one doc_wording (item i64, lang str) -> version i64, title str, body str
SELECT version, title, body FROM item_text WHERE item = ?1 AND lang = ?2;

-- :exec doc_version_add (document i64, version i64, account i64, at i64)
INSERT INTO document_version (document, version, account, at) VALUES (?1, ?2, ?3, ?4);

-- :exec doc_clause_add (document i64, version i64, ord i64, item i64)
INSERT INTO document_clause (document, version, ord, item) VALUES (?1, ?2, ?3, ?4);

-- :exec doc_words_add (document i64, version i64, item i64, lang str, wording i64)
INSERT INTO document_words (document, version, item, lang, wording) VALUES (?1, ?2, ?3, ?4, ?5);

-- :exec doc_draft_drop (document i64)
DELETE FROM document_draft WHERE document = ?1;

-- :exec doc_version_set (id i64, version i64)
UPDATE document SET version = ?2, edits = edits + 1 WHERE id = ?1;
