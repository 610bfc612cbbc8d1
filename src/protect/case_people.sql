-- owns protect_ reads account account_key

-- Where a case could go: open, another one, with two handlers.
-- :many scan "a few offices" people_offices (but i64) -> id i64, slug str
SELECT c.id, c.slug FROM protect_channel c WHERE c.is_open = 1 AND c.id <> ?1 ORDER BY c.slug;

-- :many people_office_handlers (channel i64) -> account i64
SELECT account FROM protect_holder WHERE channel = ?1 AND role = 2 ORDER BY account;

-- :exec people_hand (of blob, account i64)
UPDATE protect_case SET taken_by = ?2, state = CASE WHEN state = 1 THEN 2 ELSE state END WHERE id = ?1;

-- Whoever left handles it no more.
-- :exec people_untake (of blob, account i64)
UPDATE protect_case SET taken_by = NULL, state = CASE WHEN state = 2 THEN 1 ELSE state END
WHERE id = ?1 AND taken_by = ?2;

-- :exec people_route (of blob, channel i64)
UPDATE protect_case SET channel = ?2, taken_by = NULL, state = 1 WHERE id = ?1;

-- Cases of which somebody holds the report's key and is not kept out.
-- :many people_cases (account i64, max i64) -> id blob
SELECT w.of FROM protect_wrap w WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1)
ORDER BY w.of LIMIT ?2;

-- The same, where the locks must be changed.
-- :many people_cases_due (account i64, max i64) -> id blob
SELECT w.of FROM protect_wrap w WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1)
	AND EXISTS (SELECT 1 FROM protect_shut s JOIN protect_wrap o ON o.of = s.of AND o.account = s.account
		WHERE s.of = w.of AND o.compartment IN (1, 3, 5))
ORDER BY w.of LIMIT ?2;
