-- owns ask ask_ item_kept_vote reads item edge seat

-- :exec kept_asks (space i64)
INSERT INTO ask_kept (ask, people, countries, reflects, does_not)
SELECT a.item,
	(SELECT count(DISTINCT i.seat) FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = a.item AND e.relation IN (2, 3, 4) AND i.kind IN (2, 3)),
	(SELECT count(DISTINCT s.country) FROM edge e JOIN item i ON i.id = e.to_item JOIN seat s ON s.id = i.seat
		WHERE e.from_item = a.item AND e.relation IN (2, 3, 4) AND i.kind IN (2, 3) AND s.country <> ''),
	(SELECT count(*) FROM ask_reply r WHERE r.ask = a.item AND r.value = 1),
	(SELECT count(*) FROM ask_reply r WHERE r.ask = a.item AND r.value = 0)
FROM ask a WHERE a.space = ?1;

-- Statements that an ask rests on.
-- :many kept_statements (space i64) -> item i64
SELECT DISTINCT i.id FROM ask a JOIN edge e ON e.from_item = a.item AND e.relation IN (2, 3, 4) JOIN item i ON i.id = e.to_item
WHERE a.space = ?1 AND i.kind = 4;

-- :exec kept_vote_put (item i64, part i64, agree i64, disagree i64, pass i64)
INSERT INTO item_kept_vote (item, part, agree, disagree, pass) VALUES (?1, ?2, ?3, ?4, ?5);

-- :many kept_votes (space i64) -> item i64, number i64, part i64, agree i64, disagree i64, pass i64
SELECT i.id, i.number, k.part, k.agree, k.disagree, k.pass FROM item i JOIN item_kept_vote k ON k.item = i.id
WHERE i.space = ?1 AND i.kind = 4 ORDER BY i.id, k.part;
