-- owns ask ask_ org org_ reads item item_text edge seat

-- :one ask_row (id i64) -> id i64, space i64, section i64, number i64, version i64, org i64?, org_slug str?, org_lang str?, asked_at i64?, due_at i64?, state i64, answered_at i64?, review_at i64?, reply_until i64?, is_public i64, lang str, changed_at i64
SELECT a.item, a.space, a.section, a.number, a.version, a.org, o.slug, o.lang, a.asked_at, a.due_at, a.state, a.answered_at, a.review_at, a.reply_until, a.is_public, i.lang, i.changed_at
FROM ask a JOIN item i ON i.id = a.item LEFT JOIN org o ON o.id = a.org WHERE a.item = ?1;

-- :one ask_at (space i64, section i64, number i64) -> id i64
SELECT item FROM ask WHERE space = ?1 AND section = ?2 AND number = ?3;

-- :one ask_words (item i64, easy str, lang str, original str) -> lang str, origin i64, title str, body str
SELECT lang, origin, title, body FROM item_text WHERE item = ?1 AND lang = coalesce((SELECT e.lang FROM item_text e WHERE e.item = ?1 AND e.lang = ?2),
	(SELECT m.lang FROM item_text m WHERE m.item = ?1 AND m.lang = ?3), ?4);

-- :one org_words (org i64, lang str, original str) -> name str, focal_point str
SELECT name, focal_point FROM org_text WHERE org = ?1 AND lang IN (?2, ?3)
ORDER BY CASE WHEN lang = ?2 THEN 0 ELSE 1 END LIMIT 1;

-- What a card says: only how many.
-- :one ask_weight_short (ask i64) -> in_favour i64, against i64, with_conditions i64, statements i64
SELECT count(CASE WHEN i.kind <> 4 AND e.relation = 2 THEN 1 END), count(CASE WHEN i.kind <> 4 AND e.relation = 3 THEN 1 END),
	count(CASE WHEN i.kind <> 4 AND e.relation = 4 THEN 1 END), count(CASE WHEN i.kind = 4 THEN 1 END)
FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = ?1 AND e.relation IN (2, 3, 4) AND i.kind IN (2, 3, 4);

-- :one ask_weight (ask i64) -> in_favour i64, against i64, with_conditions i64, people i64, countries i64, languages i64, statements i64
SELECT count(CASE WHEN i.kind <> 4 AND e.relation = 2 THEN 1 END),
	count(CASE WHEN i.kind <> 4 AND e.relation = 3 THEN 1 END),
	count(CASE WHEN i.kind <> 4 AND e.relation = 4 THEN 1 END),
	coalesce((SELECT k.people FROM ask_kept k WHERE k.ask = ?1), count(DISTINCT CASE WHEN i.kind <> 4 THEN i.seat END)),
	coalesce((SELECT k.countries FROM ask_kept k WHERE k.ask = ?1), count(DISTINCT CASE WHEN i.kind <> 4 AND s.country <> '' THEN s.country END)),
	count(DISTINCT CASE WHEN i.kind <> 4 THEN i.lang END),
	count(CASE WHEN i.kind = 4 THEN 1 END)
FROM edge e JOIN item i ON i.id = e.to_item LEFT JOIN seat s ON s.id = i.seat
WHERE e.from_item = ?1 AND e.relation IN (2, 3, 4) AND i.kind IN (2, 3, 4);
