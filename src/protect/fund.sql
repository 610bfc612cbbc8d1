-- owns protect_ reads account

-- Cases whose payments somebody keeps, where something was ordered or said about it.
-- :many fund_cases (account i64, max i64) -> id blob
SELECT c.id FROM protect_wrap w JOIN protect_case c ON c.id = w.of
WHERE w.account = ?1 AND w.role = 4 AND w.compartment = 4 AND c.withdrawn_on = 0
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = ?1)
	AND EXISTS (SELECT 1 FROM protect_object x WHERE x.of = c.id AND x.compartment IN (4, 5))
ORDER BY c.changed_on DESC, c.id LIMIT ?2;

-- :exec fund_paid_add (channel i64, month i64, money str, amount i64)
INSERT INTO protect_paid (channel, month, money, n, amount) VALUES (?1, ?2, ?3, 1, ?4)
ON CONFLICT (channel, month, money) DO UPDATE SET n = protect_paid.n + 1, amount = protect_paid.amount + excluded.amount;

-- Where somebody may see what was paid: as finance, or because they pay.
-- :many scan "a row a month and channel" fund_totals (account i64, max i64)
--   -> channel str, month i64, money str, n i64, amount i64
SELECT c.slug, p.month, p.money, p.n, p.amount FROM protect_paid p JOIN protect_channel c ON c.id = p.channel
WHERE EXISTS (SELECT 1 FROM protect_holder h WHERE h.channel = p.channel AND h.account = ?1 AND h.role IN (4, 7))
ORDER BY p.month DESC, c.slug, p.money LIMIT ?2;

-- :one fund_may_see (account i64) -> n i64
SELECT 1 FROM protect_holder WHERE account = ?1 AND role IN (4, 7) LIMIT 1;
