-- owns edge edge_past reads item item_text account

-- What may be evidence: published words of this space's own. What came through a protected channel is no
-- item at all, so no id of it can be found here.
-- :one link_source (item i64, space i64) -> id i64, kind i64
SELECT id, kind FROM item WHERE id = ?1 AND space = ?2 AND kind IN (2, 3, 4) AND status = 1;

-- :many link_texts (item i64) -> body str
SELECT body FROM item_text WHERE item = ?1;

-- :one link_now (ask i64, item i64) -> id i64, relation i64, quote str
SELECT id, relation, quote FROM edge WHERE from_item = ?1 AND to_item = ?2 AND relation IN (2, 3, 4);

-- :exec link_insert (ask i64, item i64, relation i64, quote str, account i64, at i64)
INSERT INTO edge (from_item, to_item, relation, quote, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :exec link_update (id i64, relation i64, quote str, account i64, at i64)
UPDATE edge SET relation = ?2, quote = ?3, account = ?4, at = ?5 WHERE id = ?1;

-- :exec link_delete (id i64)
DELETE FROM edge WHERE id = ?1;

-- :exec link_log (batch i64, ask i64, item i64, was i64, was_quote str, relation i64, quote str, account i64, at i64)
INSERT INTO edge_past (batch, from_item, to_item, was_relation, was_quote, relation, quote, account, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- Where an ask comes from; no evidence.
-- :exec link_clause_add (ask i64, clause i64, account i64, at i64)
INSERT INTO edge (from_item, to_item, relation, quote, account, at)
SELECT ?1, id, 1, '', ?3, ?4 FROM item WHERE id = ?2 AND kind = 7 ON CONFLICT (from_item, to_item, relation) DO NOTHING;

-- :one link_last () -> id i64, batch i64
SELECT coalesce(max(id), 0), coalesce((SELECT max(batch) FROM edge_past), 0) FROM edge_past;

-- What became of one pair last.
-- :one link_latest (item i64, ask i64) -> id i64, batch i64, account i64
SELECT id, batch, account FROM edge_past WHERE to_item = ?1 AND from_item = ?2 ORDER BY id DESC LIMIT 1;

-- :many link_batch (batch i64) -> ask i64, item i64, was i64, was_quote str, relation i64, account i64
SELECT from_item, to_item, was_relation, was_quote, relation, account FROM edge_past WHERE batch = ?1 ORDER BY id;

-- What was done to an ask, newest first.
-- :many link_changes (ask i64, above i64, max i64) -> id i64, item i64, was i64, relation i64, account i64, name str, at i64
SELECT p.id, p.to_item, p.was_relation, p.relation, p.account, coalesce(a.name, ''), p.at
FROM edge_past p LEFT JOIN account a ON a.id = p.account WHERE p.from_item = ?1 AND p.id > ?2 ORDER BY p.id DESC LIMIT ?3;
