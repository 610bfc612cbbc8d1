-- owns ask ask_ reads item item_text seat seat_ crowd crowd_text edge edge_past search_item

-- use: 1 no ask uses it, 2 one does, 0 either. What is marked for that is in schema/025-cited.sql.
-- :many evidence_page (space i64, kind i64, parent i64, theme i64, lang str, country str, crowd i64, max i64, skip i64) -> id i64
SELECT i.id FROM item i
WHERE i.space = ?1 AND i.kind = ?2 AND i.status = 1
AND (?3 = 0 OR i.parent = ?3) AND (?4 = 0 OR i.theme = ?4) AND (?5 = '' OR i.lang = ?5) AND (?6 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?6))
AND (?7 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?7))
ORDER BY i.id LIMIT ?8 OFFSET ?9;

-- :many evidence_cited (space i64, kind i64, parent i64, theme i64, lang str, country str, crowd i64, max i64, skip i64, is_cited i64) -> id i64
SELECT i.id FROM item i
WHERE i.space = ?1 AND i.kind = ?2 AND i.status = 1 AND i.is_cited = ?10
AND (?3 = 0 OR i.parent = ?3) AND (?4 = 0 OR i.theme = ?4) AND (?5 = '' OR i.lang = ?5) AND (?6 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?6))
AND (?7 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?7))
ORDER BY i.id LIMIT ?8 OFFSET ?9;

-- :one evidence_count (space i64, kind i64, use i64, parent i64, theme i64, lang str, country str, crowd i64) -> n i64
SELECT count(*) FROM item i
WHERE i.space = ?1 AND i.kind = ?2 AND i.status = 1
AND (?3 = 0 OR i.is_cited = ?3 - 1)
AND (?4 = 0 OR i.parent = ?4) AND (?5 = 0 OR i.theme = ?5) AND (?6 = '' OR i.lang = ?6) AND (?7 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?7))
AND (?8 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?8));

-- :many evidence_found (words str, space i64, kind i64, use i64, parent i64, theme i64, lang str, country str, crowd i64, max i64, skip i64) -> id i64
SELECT i.id FROM search_item f CROSS JOIN item i ON i.id = f.rowid
WHERE f.search_item MATCH ?1 AND i.space = ?2 AND i.kind = ?3 AND i.status = 1
AND (?4 = 0 OR i.is_cited = ?4 - 1)
AND (?5 = 0 OR i.parent = ?5) AND (?6 = 0 OR i.theme = ?6) AND (?7 = '' OR i.lang = ?7) AND (?8 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?9))
ORDER BY i.id LIMIT ?10 OFFSET ?11;
-- :pg
SELECT i.id FROM search_item f JOIN item i ON i.id = f.id
WHERE f.words @@ ?1::text::tsquery AND i.space = ?2 AND i.kind = ?3 AND i.status = 1
AND (?4 = 0 OR i.is_cited = ?4 - 1)
AND (?5 = 0 OR i.parent = ?5) AND (?6 = 0 OR i.theme = ?6) AND (?7 = '' OR i.lang = ?7) AND (?8 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?9))
ORDER BY i.id LIMIT ?10 OFFSET ?11;

-- :one evidence_count_found (words str, space i64, kind i64, use i64, parent i64, theme i64, lang str, country str, crowd i64) -> n i64
SELECT count(*) FROM search_item f CROSS JOIN item i ON i.id = f.rowid
WHERE f.search_item MATCH ?1 AND i.space = ?2 AND i.kind = ?3 AND i.status = 1
AND (?4 = 0 OR i.is_cited = ?4 - 1)
AND (?5 = 0 OR i.parent = ?5) AND (?6 = 0 OR i.theme = ?6) AND (?7 = '' OR i.lang = ?7) AND (?8 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?9));
-- :pg
SELECT count(*) FROM search_item f JOIN item i ON i.id = f.id
WHERE f.words @@ ?1::text::tsquery AND i.space = ?2 AND i.kind = ?3 AND i.status = 1
AND (?4 = 0 OR i.is_cited = ?4 - 1)
AND (?5 = 0 OR i.parent = ?5) AND (?6 = 0 OR i.theme = ?6) AND (?7 = '' OR i.lang = ?7) AND (?8 = '' OR i.seat IN (SELECT s.id FROM seat s WHERE s.space = i.space AND s.country = ?8))
AND (?9 = 0 OR EXISTS (SELECT 1 FROM seat_crowd c WHERE c.seat = i.seat AND c.crowd = ?9));

-- :many evidence_crowds (space i64, lang str, original str) -> id i64, name str
SELECT c.id, t.name FROM crowd c JOIN crowd_text t ON t.crowd = c.id WHERE c.space = ?1
AND t.lang = coalesce((SELECT m.lang FROM crowd_text m WHERE m.crowd = c.id AND m.lang = ?2), ?3) ORDER BY c.ord LIMIT 40;

-- Asks that nobody sees yet come first: they are what is being written.
-- :many evidence_asks (space i64, section i64, max i64) -> id i64
SELECT item FROM ask WHERE space = ?1 AND (?2 < 0 OR section = ?2) ORDER BY is_public, section, number LIMIT ?3;

-- :one evidence_asks_count (space i64) -> n i64
SELECT count(*) FROM ask WHERE space = ?1;

-- :many evidence_sides (ask i64) -> relation i64, n i64
SELECT relation, count(*) FROM edge WHERE from_item = ?1 AND relation IN (2, 3, 4) GROUP BY relation;

-- :many evidence_links (ask i64, max i64, skip i64) -> item i64, relation i64, quote str
SELECT to_item, relation, quote FROM edge WHERE from_item = ?1 AND relation IN (2, 3, 4) ORDER BY id DESC LIMIT ?2 OFFSET ?3;

-- :many evidence_batch (batch i64) -> ask i64, relation i64
SELECT from_item, relation FROM edge_past WHERE batch = ?1 ORDER BY id;
