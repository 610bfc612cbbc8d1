-- owns protect_ reads account account_key

-- In the words of ${lang}, else in the channel's own.
-- :many scan "a few offices" channel_all (lang str, only_open i64)
--   -> id i64, slug str, name str, about str, is_open i64, first_days i64, news_days i64
SELECT c.id, c.slug, coalesce(t.name, o.name), coalesce(t.about, o.about), c.is_open, c.first_days, c.news_days
FROM protect_channel c JOIN protect_channel_text o ON o.channel = c.id AND o.lang = c.lang
LEFT JOIN protect_channel_text t ON t.channel = c.id AND t.lang = ?1
WHERE c.is_open = 1 OR ?2 = 0 ORDER BY c.slug;

-- :one channel_id (slug str) -> id i64
SELECT id FROM protect_channel WHERE slug = ?1;

-- :one scan "a few offices" channel_open_count () -> n i64
SELECT count(*) FROM protect_channel WHERE is_open = 1;

-- :one channel_get (id i64, lang str)
--   -> id i64, slug str, name str, about str, is_open i64, first_days i64, news_days i64
SELECT c.id, c.slug, coalesce(t.name, o.name), coalesce(t.about, o.about), c.is_open, c.first_days, c.news_days
FROM protect_channel c JOIN protect_channel_text o ON o.channel = c.id AND o.lang = c.lang
LEFT JOIN protect_channel_text t ON t.channel = c.id AND t.lang = ?2
WHERE c.id = ?1;

-- :one channel_add (slug str, lang str, first_days i64, news_days i64, keep_days i64) -> id i64
INSERT INTO protect_channel (slug, lang, is_open, first_days, news_days, keep_days)
VALUES (?1, ?2, 0, ?3, ?4, ?5) RETURNING id;

-- :exec channel_text_put (channel i64, lang str, name str, about str)
INSERT INTO protect_channel_text (channel, lang, name, about) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (channel, lang) DO UPDATE SET name = excluded.name, about = excluded.about;

-- :exec channel_open_set (id i64, is_open i64)
UPDATE protect_channel SET is_open = ?2 WHERE id = ?1;

-- :many channel_holders (channel i64) -> account i64, role i64, name str, is_ready i64
SELECT h.account, h.role, a.name, CASE WHEN k.recovery IS NOT NULL AND a.second_step IS NOT NULL
	AND a.is_disabled = 0 THEN 1 ELSE 0 END
FROM protect_holder h JOIN account a ON a.id = h.account LEFT JOIN account_key k ON k.account = h.account
WHERE h.channel = ?1 ORDER BY h.role, a.name_key;

-- :one channel_account (name_key str) -> id i64, is_ready i64
SELECT a.id, CASE WHEN k.recovery IS NOT NULL AND a.second_step IS NOT NULL AND a.is_disabled = 0 THEN 1 ELSE 0 END
FROM account a LEFT JOIN account_key k ON k.account = a.id WHERE a.name_key = ?1;

-- :one channel_has_holder (channel i64, account i64) -> role i64
SELECT role FROM protect_holder WHERE channel = ?1 AND account = ?2 LIMIT 1;

-- :exec channel_holder_add (channel i64, role i64, account i64)
INSERT INTO protect_holder (channel, role, account) VALUES (?1, ?2, ?3)
ON CONFLICT (channel, role, account) DO NOTHING;

-- :exec channel_holder_drop (channel i64, role i64, account i64)
DELETE FROM protect_holder WHERE channel = ?1 AND role = ?2 AND account = ?3;

-- Whoever no longer handles reports of a channel is kept out of its cases at once; their keys go when the locks are
-- changed.
-- :exec channel_cases_shut (channel i64, account i64, on_day i64, role i64)
INSERT INTO protect_shut (of, account, why, on_day)
SELECT c.id, ?2, 2, ?3 FROM protect_case c WHERE c.channel = ?1
	AND EXISTS (SELECT 1 FROM protect_wrap w WHERE w.of = c.id AND w.account = ?2 AND w.role = ?4)
ON CONFLICT (of, account) DO NOTHING;

-- A case of the channel that nobody else could open any more.
-- :one channel_alone (channel i64, compartment i64, role i64, account i64) -> n i64
SELECT 1 FROM protect_case c WHERE c.channel = ?1
	AND EXISTS (SELECT 1 FROM protect_wrap w WHERE w.of = c.id AND w.compartment = ?2 AND w.role = ?3 AND w.account = ?4)
	AND NOT EXISTS (SELECT 1 FROM protect_wrap o JOIN account a ON a.id = o.account WHERE o.of = c.id AND o.compartment = ?2
		AND o.role = ?3 AND o.account <> ?4 AND a.is_disabled = 0
		AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = o.account))
LIMIT 1;

-- :one channel_office (id i64) -> opens i64, closes i64, days i64, keep_days i64, ceiling i64, money str
SELECT opens, closes, days, keep_days, ceiling, money FROM protect_channel WHERE id = ?1;

-- :exec channel_office_set (id i64, opens i64, closes i64, days i64, keep_days i64, ceiling i64, money str)
UPDATE protect_channel SET opens = ?2, closes = ?3, days = ?4, keep_days = ?5, ceiling = ?6, money = ?7 WHERE id = ?1;

-- :many channel_texts (channel i64) -> lang str, name str, about str
SELECT lang, name, about FROM protect_channel_text WHERE channel = ?1 ORDER BY lang;

-- :one channel_lang (id i64) -> lang str
SELECT lang FROM protect_channel WHERE id = ?1;

-- :exec channel_text_drop (channel i64, lang str)
DELETE FROM protect_channel_text WHERE channel = ?1 AND lang = ?2;

-- :exec channel_promise_set (id i64, first_days i64, news_days i64)
UPDATE protect_channel SET first_days = ?2, news_days = ?3 WHERE id = ?1;
