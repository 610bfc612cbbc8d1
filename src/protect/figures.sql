-- owns protect_ reads account

-- :exec figures_add (year i64, form str, field str, code str)
INSERT INTO protect_coded (year, form, field, code, n) VALUES (?1, ?2, ?3, ?4, 1)
ON CONFLICT (year, form, field, code) DO UPDATE SET n = protect_coded.n + 1;

-- :many figures_rows (year i64) -> form str, field str, code str, n i64
SELECT form, field, code, n FROM protect_coded WHERE year = ?1 ORDER BY form, field, code;

-- :many scan "a few hundred sums a year" figures_years () -> year i64, n i64, is_released i64
SELECT c.year, sum(c.n), CASE WHEN max(r.released_on) > 0 THEN 1 ELSE 0 END
FROM protect_coded c LEFT JOIN protect_release r ON r.year = c.year WHERE c.field = '' GROUP BY c.year ORDER BY c.year DESC;

-- :one figures_offer_get (year i64) -> mark blob, offered_by i64, offered_on i64, released_on i64, offered str, released str?
SELECT r.mark, r.offered_by, r.offered_on, r.released_on, a.name, b.name
FROM protect_release r JOIN account a ON a.id = r.offered_by LEFT JOIN account b ON b.id = r.released_by
WHERE r.year = ?1;

-- :exec figures_offer (year i64, mark blob, account i64, day i64)
INSERT INTO protect_release (year, mark, offered_by, offered_on, released_by, released_on) VALUES (?1, ?2, ?3, ?4, NULL, 0)
ON CONFLICT (year) DO NOTHING;

-- Never by whoever offered them.
-- :exec figures_let_go (year i64, account i64, day i64)
UPDATE protect_release SET released_by = ?2, released_on = ?3 WHERE year = ?1 AND released_on = 0 AND offered_by <> ?2;

-- :exec figures_drop (year i64)
DELETE FROM protect_release WHERE year = ?1 AND released_on = 0;
