-- owns space space_ item reads ask ask_ answer

-- :one gone_of (space i64) -> at i64, account i64, people i64, countries i64, contributions i64, replies i64, statements i64, votes i64
SELECT coalesce(begun_at, 0), account, people, countries, contributions, replies, statements, votes FROM space_end WHERE space = ?1;

-- What came of it, and stays.
-- :one gone_stays (space i64) -> asks i64, answers i64
SELECT (SELECT count(*) FROM ask a WHERE a.space = ?1 AND a.is_public = 1),
	(SELECT count(*) FROM ask a JOIN answer n ON n.ask = a.item JOIN item i ON i.id = n.item WHERE a.space = ?1 AND a.is_public = 1 AND i.status = 1);

-- :one gone_item (item i64) -> kind i64, number i64, state i64, slug str, published_at i64?
SELECT i.kind, i.number, s.state, s.slug, i.published_at FROM item i JOIN space s ON s.id = i.space WHERE i.id = ?1 AND i.kind IN (2, 3, 4);
