-- owns item item_ flag decision vote edge useful seat reads participant account_held

-- :one decide_item_row (id i64, space i64) -> kind i64, status i64, seat i64?, account i64?, parent i64?, version i64, last i64, flags i64
SELECT i.kind, i.status, i.seat, i.account, i.parent, t.version,
	(SELECT coalesce(max(d.id), 0) FROM decision d WHERE d.item = i.id),
	(SELECT count(*) FROM flag f WHERE f.item = i.id AND f.is_open = 1)
FROM item i JOIN item_text t ON t.item = i.id AND t.lang = i.lang
WHERE i.id = ?1 AND i.space = ?2 AND i.kind BETWEEN 2 AND 4;

-- :one decide_owner (seat i64, account i64, participant i64) -> id i64
SELECT p.id FROM seat s JOIN participant p ON p.id = s.participant WHERE s.id = ?1
AND (p.id = ?3 OR EXISTS (SELECT 1 FROM account_held h WHERE h.participant = p.id AND h.account = ?2));

-- :one decide_numbered (space i64, kind i64, number i64) -> id i64
SELECT id FROM item WHERE space = ?1 AND kind = ?2 AND number = ?3 AND status = 1;

-- :exec decide_put (space i64, item i64, account i64, verdict i64, reason i64, word str, at i64)
INSERT INTO decision (space, item, account, verdict, reason, word, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- :exec decide_close_flags (item i64)
UPDATE flag SET is_open = 0 WHERE item = ?1 AND is_open = 1;

-- :exec decide_move (item i64, question i64, at i64)
UPDATE item SET parent = ?2, changed_at = ?3 WHERE id = ?1;

-- :exec decide_votes_over (item i64, target i64)
INSERT INTO vote (space, seat, item, value, at)
SELECT v.space, v.seat, ?2, v.value, v.at FROM vote v WHERE v.item = ?1
ON CONFLICT (space, seat, item) DO NOTHING;

-- :exec decide_useful_over (item i64, target i64)
INSERT INTO useful (item, seat) SELECT ?2, u.seat FROM useful u WHERE u.item = ?1
ON CONFLICT (item, seat) DO NOTHING;

-- :exec decide_useful_more (item i64, n i64)
UPDATE item SET useful = useful + ?2 WHERE id = ?1;

-- :exec decide_replies_over (item i64, target i64)
UPDATE item SET parent = ?2 WHERE parent = ?1;

-- :exec decide_merged_over (item i64, target i64)
UPDATE item SET merged_into = ?2 WHERE merged_into = ?1;

-- :exec decide_merge (item i64, target i64)
UPDATE item SET merged_into = ?2 WHERE id = ?1;

-- :exec decide_edge (item i64, target i64, account i64, at i64)
INSERT INTO edge (from_item, to_item, relation, quote, account, at) VALUES (?1, ?2, 7, '', ?3, ?4)
ON CONFLICT (from_item, to_item, relation) DO NOTHING;

-- :exec decide_trusted (seat i64, space i64, is_trusted i64)
UPDATE seat SET is_trusted = ?3 WHERE id = ?1 AND space = ?2;
