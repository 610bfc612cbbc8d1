-- owns notify_ reads ask ask_theme item item_text space space_text theme theme_text org org_text answer phase phase_text document document_text record

-- :one reader_by_key (address_key blob) -> id i64, lang str, asked_on i64, asked i64
SELECT id, lang, asked_on, asked FROM notify_reader WHERE address_key = ?1;

-- :one reader_by_id (id i64) -> address blob, lang str, rhythm i64, secret blob
SELECT address, lang, rhythm, secret FROM notify_reader WHERE id = ?1;

-- :one reader_add (address_key blob, address blob, lang str, rhythm i64, secret blob, day i64) -> id i64
INSERT INTO notify_reader (address_key, address, lang, rhythm, secret, seen, next_at, asked_on, asked)
VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6, 0) RETURNING id;

-- :exec reader_asked (id i64, day i64, n i64)
UPDATE notify_reader SET asked_on = ?2, asked = ?3 WHERE id = ?1;

-- :exec reader_rhythm_set (id i64, rhythm i64, next_at i64)
UPDATE notify_reader SET rhythm = ?2, next_at = ?3 WHERE id = ?1;

-- :exec reader_start (id i64)
UPDATE notify_reader SET seen = (SELECT coalesce(max(id), 0) FROM notify_news) WHERE id = ?1
AND NOT EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = ?1 AND f.is_confirmed = 1);

-- :exec reader_told (id i64, was i64, seen i64, next_at i64)
UPDATE notify_reader SET seen = ?3, next_at = ?4 WHERE id = ?1 AND seen = ?2;

-- :exec reader_mail_drop (id i64)
DELETE FROM notify_mail WHERE reader = ?1;
-- :exec reader_reminded_drop (id i64)
DELETE FROM notify_reminded WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1);
-- :exec reader_desk_drop (id i64)
DELETE FROM notify_reminded_desk WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1);
-- :exec reader_moves_drop (id i64)
DELETE FROM notify_move WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1);
-- :exec reader_follow_drop (id i64)
DELETE FROM notify_follow WHERE reader = ?1;
-- :exec reader_drop (id i64)
DELETE FROM notify_reader WHERE id = ?1;

-- :one follow_count (reader i64) -> n i64
SELECT count(*) FROM notify_follow WHERE reader = ?1;

-- :many follow_list (reader i64, max i64) -> id i64, kind i64, ref i64, country str, rhythm i64, is_confirmed i64
SELECT id, kind, ref, country, rhythm, is_confirmed FROM notify_follow WHERE reader = ?1 ORDER BY id LIMIT ?2;

-- :exec follow_add (reader i64, kind i64, ref i64, country str, rhythm i64, day i64)
INSERT INTO notify_follow (reader, kind, ref, country, rhythm, is_confirmed, at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
ON CONFLICT (reader, kind, ref, country) DO UPDATE SET rhythm = excluded.rhythm;

-- :one follow_one (reader i64, id i64) -> kind i64, rhythm i64
SELECT kind, rhythm FROM notify_follow WHERE reader = ?1 AND id = ?2;

-- :exec follow_confirm (reader i64, id i64)
UPDATE notify_follow SET is_confirmed = 1 WHERE reader = ?1 AND id = ?2;

-- :exec follow_reminded_drop (reader i64, id i64)
DELETE FROM notify_reminded WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1 AND f.id = ?2);
-- :exec follow_desk_drop (reader i64, id i64)
DELETE FROM notify_reminded_desk WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1 AND f.id = ?2);
-- :exec follow_moves_drop (reader i64, id i64)
DELETE FROM notify_move WHERE follow IN (SELECT f.id FROM notify_follow f WHERE f.reader = ?1 AND f.id = ?2);
-- :exec follow_drop (reader i64, id i64)
DELETE FROM notify_follow WHERE reader = ?1 AND id = ?2;

-- What nobody said yes to goes after some days, and the address with it.
-- :exec follow_sweep (before i64)
DELETE FROM notify_follow WHERE is_confirmed = 0 AND at < ?1;
-- :many scan "at most so many, now and then" reader_idle (max i64) -> id i64
SELECT r.id FROM notify_reader r WHERE NOT EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = r.id) ORDER BY r.id LIMIT ?1;
-- The newest stays, so that its number is never given again: readers know by it what they were told.
-- :exec news_sweep (before i64)
DELETE FROM notify_news WHERE at < ?1 AND id < (SELECT max(id) FROM notify_news);

-- What may be followed: public, of a public space. The name is in the reader's language, else the author's.
-- :one find_space (slug str, lang str) -> id i64, title str
SELECT s.id, coalesce(max(CASE WHEN t.lang = ?2 THEN t.title END), max(CASE WHEN t.lang = s.lang THEN t.title END), '') FROM space s
JOIN space_text t ON t.space = s.id WHERE s.slug = ?1 AND s.access = 0 AND s.state > 0 GROUP BY s.id;

-- :one name_space (id i64, lang str) -> title str, slug str
SELECT coalesce(max(CASE WHEN t.lang = ?2 THEN t.title END), max(CASE WHEN t.lang = s.lang THEN t.title END), ''), s.slug FROM space s
JOIN space_text t ON t.space = s.id WHERE s.id = ?1 AND s.access = 0 AND s.state > 0 GROUP BY s.id, s.slug;

-- :one name_theme (id i64, lang str) -> title str, space i64
SELECT coalesce(max(CASE WHEN t.lang = ?2 THEN t.name END), max(CASE WHEN t.lang = s.lang THEN t.name END), ''), s.id FROM theme h
JOIN space s ON s.id = h.space JOIN theme_text t ON t.theme = h.id WHERE h.id = ?1 AND s.access = 0 AND s.state > 0 GROUP BY h.id, s.id;

-- :many themes_of (space i64, lang str, max i64) -> id i64, title str
SELECT h.id, coalesce(max(CASE WHEN t.lang = ?2 THEN t.name END), max(t.name)) FROM theme h
JOIN theme_text t ON t.theme = h.id WHERE h.space = ?1 GROUP BY h.id, h.ord ORDER BY h.ord LIMIT ?3;

-- :one name_ask (id i64, lang str) -> title str
SELECT coalesce(max(CASE WHEN t.lang = ?2 THEN t.title END), max(CASE WHEN t.lang = i.lang THEN t.title END), '') FROM ask a
JOIN item i ON i.id = a.item JOIN space s ON s.id = a.space JOIN item_text t ON t.item = a.item
WHERE a.item = ?1 AND a.is_public = 1 AND s.access = 0 AND s.state > 0 GROUP BY a.item;

-- :one find_org (slug str) -> id i64, country str
SELECT id, country FROM org WHERE slug = ?1;

-- :one name_org (id i64, lang str) -> title str
SELECT coalesce(max(CASE WHEN t.lang = ?2 THEN t.name END), max(CASE WHEN t.lang = o.lang THEN t.name END), '') FROM org o
JOIN org_text t ON t.org = o.id WHERE o.id = ?1 GROUP BY o.id;

-- ---- news ----

-- :exec news_add (item i64, now i64)
INSERT INTO notify_news (item, at) VALUES (?1, ?2);

-- Once for each of its kind.
-- :exec news_add_of (kind i64, item i64, n i64, space i64, now i64)
INSERT INTO notify_news (kind, item, n, space, at) SELECT ?1, ?2, ?3, id, ?5 FROM space WHERE id = ?4
AND NOT EXISTS (SELECT 1 FROM notify_news x WHERE x.kind = ?1 AND x.item = ?2 AND x.n = ?3);

-- Where somebody follows the country.
-- :exec scan "at most as many rows as people follow, some times a day" news_add_country (kind i64, item i64, country str, title str, lang str, now i64)
INSERT INTO notify_news (kind, item, at, country, title, lang) SELECT ?1, ?2, ?6, ?3, ?4, ?5
WHERE EXISTS (SELECT 1 FROM notify_follow f WHERE f.kind = 3 AND f.country = ?3 AND f.is_confirmed = 1);

-- What the clock brings: phases in which something can be done open, and close in three days; consultations have closed.
-- :exec scan "a few hundred rows, once an hour" news_opened (now i64)
INSERT INTO notify_news (kind, item, n, space, at) SELECT 4, p.id, p.starts, p.space, ?1 FROM phase p JOIN space s ON s.id = p.space
WHERE s.state = 1 AND p.actions > 1 AND p.starts <= ?1 AND p.starts > ?1 - 86400 AND p.ends > ?1
AND NOT EXISTS (SELECT 1 FROM notify_news x WHERE x.kind = 4 AND x.item = p.id AND x.n = p.starts);
-- :exec scan "a few hundred rows, once an hour" news_closing (now i64)
INSERT INTO notify_news (kind, item, n, space, at) SELECT 5, p.id, p.ends, p.space, ?1 FROM phase p JOIN space s ON s.id = p.space
WHERE s.state = 1 AND p.actions > 1 AND p.starts <= ?1 AND p.ends > ?1 AND p.ends - 3 * 86400 <= ?1
AND NOT EXISTS (SELECT 1 FROM notify_news x WHERE x.kind = 5 AND x.item = p.id AND x.n = p.ends);
-- :exec scan "a few hundred rows, once an hour" news_closed (now i64)
INSERT INTO notify_news (kind, item, n, space, at) SELECT 6, s.id, s.closed_at, s.id, ?1 FROM space s
WHERE s.state > 1 AND s.closed_at <= ?1 AND s.closed_at > ?1 - 86400
AND NOT EXISTS (SELECT 1 FROM notify_news x WHERE x.kind = 6 AND x.item = s.id AND x.n = s.closed_at);

-- :one news_newest (at i64) -> id i64
SELECT coalesce(max(id), 0) FROM notify_news WHERE at <= ?1;

-- :many readers_due (now i64, newest i64, max i64) -> id i64, address blob, lang str, rhythm i64, secret blob, seen i64
SELECT id, address, lang, rhythm, secret, seen FROM notify_reader r WHERE next_at <= ?1 AND (seen < ?2 OR rhythm > 1)
AND EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = r.id AND f.is_confirmed = 1) ORDER BY next_at, id LIMIT ?3;

-- By space and ask, each thing once, whatever leads to it. what: enum news_what; of what is no ask: section the document's number, number
-- its version, state a day.
-- :many news_of (reader i64, seen i64, newest i64, lang str, max i64) -> item i64, what i64, state i64, section i64, number i64, slug str,
--   space i64, space_title str, title str, org str
SELECT i.id, CASE WHEN i.kind = 6 THEN 1 ELSE 0 END, coalesce(w.state, 0), a.section, a.number, s.slug, s.id,
	coalesce((SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = ?4), (SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = s.lang), ''),
	coalesce((SELECT x.title FROM item_text x WHERE x.item = k.id AND x.lang = ?4), (SELECT x.title FROM item_text x WHERE x.item = k.id AND x.lang = k.lang), ''),
	coalesce((SELECT x.name FROM org_text x WHERE x.org = o.id AND x.lang = ?4), (SELECT x.name FROM org_text x WHERE x.org = o.id AND x.lang = o.lang), '')
FROM notify_news n JOIN item i ON i.id = n.item JOIN ask a ON a.item = CASE WHEN i.kind = 6 THEN i.parent ELSE i.id END
JOIN item k ON k.id = a.item JOIN space s ON s.id = a.space LEFT JOIN answer w ON w.item = i.id LEFT JOIN org o ON o.id = coalesce(w.org, a.org)
WHERE n.id > ?2 AND n.id <= ?3 AND n.kind = 0 AND a.is_public = 1 AND i.status = 1 AND s.access = 0 AND s.state > 0
AND EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = ?1 AND f.is_confirmed = 1 AND ((f.kind = 1 AND f.ref = a.space) OR (f.kind = 3 AND f.country = o.country)
	OR (f.kind = 4 AND f.ref = a.item) OR (f.kind = 5 AND f.ref = o.id)
	OR (f.kind = 2 AND EXISTS (SELECT 1 FROM ask_theme t WHERE t.ask = a.item AND t.theme = f.ref))))
UNION ALL
SELECT n.item, n.kind, n.n, coalesce(d.number, 0), CASE WHEN n.kind = 2 THEN n.n ELSE 0 END, s.slug, s.id,
	coalesce((SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = ?4), (SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = s.lang), ''),
	coalesce((SELECT x.title FROM document_text x WHERE x.document = d.id AND x.lang = ?4), (SELECT x.title FROM document_text x WHERE x.document = d.id AND x.lang = d.lang),
		(SELECT x.name FROM phase_text x WHERE x.phase = p.id AND x.lang = ?4), (SELECT x.name FROM phase_text x WHERE x.phase = p.id AND x.lang = s.lang), ''), ''
FROM notify_news n JOIN space s ON s.id = n.space LEFT JOIN document d ON d.id = CASE WHEN n.kind IN (2, 3) THEN n.item END
LEFT JOIN phase p ON p.id = CASE WHEN n.kind IN (4, 5) THEN n.item END
WHERE n.id > ?2 AND n.id <= ?3 AND n.kind > 0 AND s.access = 0 AND s.state > 0
AND EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = ?1 AND f.is_confirmed = 1 AND f.kind = 1 AND f.ref = s.id)
UNION ALL
SELECT n.item, n.kind, 0, 0, 0, r.uid, 0, '', n.title, ''
FROM notify_news n JOIN record r ON r.id = n.item AND r.state = 'shown'
WHERE n.id > ?2 AND n.id <= ?3 AND n.kind = 8 AND n.space IS NULL
AND EXISTS (SELECT 1 FROM notify_follow f WHERE f.reader = ?1 AND f.is_confirmed = 1 AND f.kind = 3 AND f.country = n.country)
ORDER BY 7, 4, 5, 1 LIMIT ?5;
