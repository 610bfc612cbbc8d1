-- owns document document_

-- :one doc_insert (uid str, space i64, kind i64, lang str, at i64) -> id i64, number i64
INSERT INTO document (uid, space, number, kind, lang, version, edits, created_at)
VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM document WHERE space = ?2), ?3, ?4, 0, 0, ?5) RETURNING id, number;

-- :exec doc_text_put (document i64, lang str, title str, lead str)
INSERT INTO document_text (document, lang, title, lead) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (document, lang) DO UPDATE SET title = excluded.title, lead = excluded.lead;

-- :one doc_text (document i64, lang str) -> title str, lead str
SELECT title, lead FROM document_text WHERE document = ?1 AND lang = ?2;

-- :exec doc_draft_put (document i64, lang str, body str, account i64, at i64)
INSERT INTO document_draft (document, lang, body, account, at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (document, lang) DO UPDATE SET body = excluded.body, account = excluded.account, at = excluded.at;

-- :one doc_draft (document i64, lang str) -> body str
SELECT body FROM document_draft WHERE document = ?1 AND lang = ?2;

-- :many doc_draft_langs (document i64) -> lang str
SELECT lang FROM document_draft WHERE document = ?1 ORDER BY lang;

-- :many doc_version_langs (document i64, version i64) -> lang str
SELECT DISTINCT lang FROM document_words WHERE document = ?1 AND version = ?2 ORDER BY lang;

-- :exec doc_edited (id i64)
UPDATE document SET edits = edits + 1 WHERE id = ?1;
