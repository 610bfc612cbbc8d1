-- owns item item_ search_ reads seat

-- :one item_row (id i64) -> id i64, uid str, space i64, kind i64, parent i64?, number i64, seat i64?, account i64?, lang str, theme i64?, status i64, is_seed i64, useful i64, merged_into i64?, created_at i64, published_at i64?, seat_number i64?, alias str?, country str?
SELECT i.id, i.uid, i.space, i.kind, i.parent, i.number, i.seat, i.account, i.lang, i.theme, i.status, i.is_seed, i.useful, i.merged_into, i.created_at, i.published_at, s.number, s.alias, s.country
FROM item i LEFT JOIN seat s ON s.id = i.seat WHERE i.id = ?1;

-- In easy words, else in the language, else as written. is_old: the author's own words are younger.
-- :one item_words (item i64, easy str, lang str, original str) -> lang str, origin i64, title str, body str, is_old i64
SELECT lang, origin, title, body,
	CASE WHEN origin <> 0 AND at < (SELECT o.at FROM item_text o WHERE o.item = ?1 AND o.lang = ?4) THEN 1 ELSE 0 END
FROM item_text WHERE item = ?1 AND lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = ?1 AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = ?1 AND m.lang = ?3), ?4);

-- :one item_by_once (once str) -> id i64
SELECT id FROM item WHERE once = ?1;

-- :one item_insert (uid str, space i64, kind i64, parent i64?, seat i64?, account i64?, lang str, theme i64?, status i64, is_seed i64, is_meta i64, once str?, at i64, published_at i64?) -> id i64
INSERT INTO item (uid, space, kind, parent, number, seat, account, lang, theme, status, is_seed, is_meta, useful, once, created_at, published_at, changed_at)
VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(number), 0) + 1 FROM item WHERE space = ?2 AND kind = ?3), ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?14, ?13)
RETURNING id;

-- :exec item_text_insert (item i64, lang str, version i64, origin i64, is_reviewed i64, title str, body str, account i64?, at i64)
INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- :exec item_text_keep (item i64, lang str)
INSERT INTO item_past (item, lang, version, origin, title, body, account, at)
SELECT item, lang, version, origin, title, body, account, at FROM item_text WHERE item = ?1 AND lang = ?2;

-- :exec item_text_change (item i64, lang str, origin i64, title str, body str, account i64?, at i64)
UPDATE item_text SET version = version + 1, origin = ?3, title = ?4, body = ?5, account = ?6, at = ?7, is_reviewed = 0
WHERE item = ?1 AND lang = ?2;

-- :exec item_status_change (id i64, status i64, at i64)
UPDATE item SET status = ?2, changed_at = ?3,
	published_at = CASE WHEN ?2 = 1 AND published_at IS NULL THEN ?3 ELSE published_at END
WHERE id = ?1;

-- :many item_texts (item i64) -> lang str, version i64, origin i64, title str, body str, at i64
SELECT lang, version, origin, title, body, at FROM item_text WHERE item = ?1 ORDER BY lang;

-- :exec item_theme_change (id i64, theme i64)
UPDATE item SET theme = ?2 WHERE id = ?1;
