-- owns space item item_ vote seat seat_ participant useful flag edge search_

-- :one scan "a test counts everything" exchange_rows () -> n i64
SELECT (SELECT count(*) FROM space) + (SELECT count(*) FROM seat) + (SELECT count(*) FROM item) + (SELECT count(*) FROM vote) + (SELECT count(*) FROM participant);

-- :one scan "a test house holds little" exchange_statement (number i64) -> body str, status i64, is_meta i64
SELECT t.body, i.status, i.is_meta FROM item i JOIN item_text t ON t.item = i.id WHERE i.kind = 4 AND i.number = ?1;

-- :many scan "a test house holds little" exchange_votes () -> seat i64, statement i64, value i64, at i64
SELECT s.number, i.number, v.value, v.at FROM vote v JOIN seat s ON s.id = v.seat JOIN item i ON i.id = v.item ORDER BY s.number, i.number;

-- :one scan "a test counts everything" exchange_demo (slug str) -> people i64, countries i64, statements i64, statement_texts i64, questions i64, contributions i64, waiting i64, hidden i64, sent_back i64, votes i64
SELECT (SELECT count(*) FROM seat WHERE space = p.id), (SELECT count(DISTINCT nullif(country, '')) FROM seat WHERE space = p.id),
	(SELECT count(*) FROM item WHERE space = p.id AND kind = 4),
	(SELECT count(*) FROM item i JOIN item_text t ON t.item = i.id WHERE i.space = p.id AND i.kind = 4),
	(SELECT count(*) FROM item WHERE space = p.id AND kind = 1),
	(SELECT count(*) FROM item WHERE space = p.id AND kind = 2),
	(SELECT count(*) FROM item WHERE space = p.id AND status = 0),
	(SELECT count(*) FROM item WHERE space = p.id AND status = 3),
	(SELECT count(*) FROM item WHERE space = p.id AND status = 2),
	(SELECT count(*) FROM vote WHERE space = p.id)
FROM space p WHERE p.slug = ?1;

-- :one scan "a test counts everything" exchange_marks () -> useful i64, found i64
SELECT (SELECT coalesce(sum(useful), 0) FROM item), (SELECT count(*) FROM search_item);

-- :exec exchange_corner_past (body str)
INSERT INTO item_past (item, lang, version, origin, title, body, account, at)
SELECT item, lang, 7, origin, '', ?1, NULL, at FROM item_text WHERE item = (SELECT min(id) FROM item);

-- :exec exchange_corner_flag ()
INSERT INTO flag (item, seat, space, reason, is_open, at)
SELECT i.id, s.id, i.space, 2, 1, i.created_at FROM item i JOIN seat s ON s.space = i.space AND s.number = 3
WHERE i.id = (SELECT min(id) FROM item);

-- :exec exchange_corner_edge (quote str)
INSERT INTO edge (from_item, to_item, relation, quote, account, at)
SELECT min(id) + 1, min(id), 4, ?1, 5, 1700000000 FROM item;

-- :exec scan "a test changes one row" exchange_corner_merge ()
UPDATE item SET status = 4, merged_into = (SELECT max(id) FROM item m WHERE m.space = item.space AND m.kind = 4)
WHERE id = (SELECT min(id) FROM item WHERE kind = 4);

-- :exec exchange_corner_text (body str)
UPDATE item_text SET body = ?1 WHERE item = (SELECT min(id) FROM item) AND lang = 'en';
