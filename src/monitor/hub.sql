-- owns monitor_public monitor_value reads record record_field record_cell record_tally space space_text ask org org_text item item_text

-- Countries about which there is anything at all.
-- :many scan "a few hundred values, and as many offices" hub_countries () -> country str
SELECT DISTINCT t.val FROM record_field f JOIN record_tally t ON t.field = f.id
WHERE f.field = 'country' AND f.name IN ('incident_public', 'recommendation', 'focal_point') AND t.n > 0
UNION SELECT v.country FROM monitor_value v
UNION SELECT o.country FROM org o WHERE o.country <> '' ORDER BY 1;

-- :many hub_news (country str) -> uid str, form i64, lang str, body str, at i64, is_sample i64
SELECT r.uid, r.form, r.lang, r.body, r.created_at, r.is_sample FROM monitor_public p JOIN record r ON r.id = p.record
WHERE p.country = ?1 ORDER BY p.record DESC LIMIT 20;

-- What else is new there, for the feed: recommendations and alerts as they became public.
-- :many hub_records (country str, name str, state str) -> uid str, form i64, ref str, lang str, body str, at i64
SELECT r.uid, r.form, r.ref, r.lang, r.body, r.created_at FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = ?1 AND c.nth = 0
JOIN record r ON r.id = c.record WHERE f.name = ?2 AND f.field = 'country' AND (?3 = '' OR r.state = ?3) ORDER BY c.ord DESC, c.record DESC LIMIT 20;

-- Answers that its offices owe.
-- :many scan "a few hundred offices" hub_due (country str, lang str) -> uid str, slug str, section i64, number i64, title str, lang str, due_at i64, at i64
SELECT k.uid, s.slug, a.section, a.number,
	coalesce((SELECT x.title FROM item_text x WHERE x.item = a.item AND x.lang = ?2), (SELECT x.title FROM item_text x WHERE x.item = a.item AND x.lang = k.lang), ''),
	CASE WHEN EXISTS (SELECT 1 FROM item_text x WHERE x.item = a.item AND x.lang = ?2) THEN ?2 ELSE k.lang END, coalesce(a.due_at, 0), k.created_at
FROM ask a JOIN org o ON o.id = a.org JOIN space s ON s.id = a.space JOIN item k ON k.id = a.item
WHERE o.country = ?1 AND a.is_public = 1 AND a.state <= 1 AND a.due_at IS NOT NULL AND s.access = 0 AND s.state > 0 ORDER BY a.due_at DESC LIMIT 20;

-- How many of a form's records in a state name the country.
-- :many hub_states (name str, country str) -> state str, n i64
SELECT t.state, t.n FROM record_field f JOIN record_tally t ON t.field = f.id AND t.val = ?2
WHERE f.name = ?1 AND f.field = 'country' AND t.n > 0;

-- :many hub_focal (country str) -> uid str, form i64, lang str, body str
SELECT r.uid, r.form, r.lang, r.body FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = ?1 JOIN record r ON r.id = c.record
WHERE f.name = 'focal_point' AND f.field = 'country' AND r.state = 'shown' ORDER BY r.id LIMIT 20;

-- Ratings that are public, the latest first.
-- :many hub_ratings (country str) -> uid str, form i64, lang str, body str, ord i64
SELECT r.uid, r.form, r.lang, r.body, r.ord FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = ?1 AND c.nth = 0
JOIN record r ON r.id = c.record AND r.state = 'shown' WHERE f.name = 'rating' AND f.field = 'country' ORDER BY c.ord DESC, c.record DESC LIMIT 6;

-- Consultations in which an office of the country is asked something.
-- :many scan "a few hundred offices" hub_spaces (country str, lang str) -> slug str, title str, lang str, state i64
SELECT s.slug, coalesce((SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = ?2), (SELECT x.title FROM space_text x WHERE x.space = s.id AND x.lang = s.lang), ''),
	CASE WHEN EXISTS (SELECT 1 FROM space_text x WHERE x.space = s.id AND x.lang = ?2) THEN ?2 ELSE s.lang END, s.state
FROM space s WHERE s.access = 0 AND s.state > 0 AND EXISTS (SELECT 1 FROM org o JOIN ask a ON a.org = o.id AND a.is_public = 1
	WHERE o.country = ?1 AND a.space = s.id) ORDER BY s.id DESC LIMIT 20;

-- Its offices, and what waits for their answer; today: a day.
-- :many scan "a few hundred offices" hub_offices (country str, lang str, today i64) -> slug str, name str, lang str, due i64, late i64
SELECT o.slug, coalesce((SELECT x.name FROM org_text x WHERE x.org = o.id AND x.lang = ?2), (SELECT x.name FROM org_text x WHERE x.org = o.id AND x.lang = o.lang), ''),
	CASE WHEN EXISTS (SELECT 1 FROM org_text x WHERE x.org = o.id AND x.lang = ?2) THEN ?2 ELSE o.lang END,
	(SELECT count(*) FROM ask a JOIN space s ON s.id = a.space WHERE a.org = o.id AND a.is_public = 1 AND a.state <= 1 AND s.access = 0 AND s.state > 0),
	(SELECT count(*) FROM ask a JOIN space s ON s.id = a.space WHERE a.org = o.id AND a.is_public = 1 AND a.state <= 1 AND a.due_at / 86400 < ?3 AND s.access = 0 AND s.state > 0)
FROM org o WHERE o.country = ?1 ORDER BY o.id LIMIT 50;
