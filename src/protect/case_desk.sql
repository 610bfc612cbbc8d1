-- owns nothing reads protect_ account

-- What an account handles: it holds a key to the report, and nobody keeps it out. which: 0 open, 1 closed, 2 what it handles
-- itself, 3 what nobody does, 4 where the reporter is to answer.
-- :many case_inbox (account i64, which i64, max i64)
--   -> id blob, channel str, state i64, turn i64, taken_by i64?, taker str?, due_hour i64, changed_on i64, next_hour i64,
--   keep_days i64
SELECT c.id, h.slug, c.state, c.turn, c.taken_by, a.name, c.due_hour, c.changed_on, c.next_hour, h.keep_days
FROM protect_wrap w JOIN protect_case c ON c.id = w.of JOIN protect_channel h ON h.id = c.channel
LEFT JOIN account a ON a.id = c.taken_by
WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1 AND c.withdrawn_on = 0 AND (c.state = 3) = (?2 = 1)
	AND (?2 < 2 OR (?2 = 2 AND c.taken_by = ?1) OR (?2 = 3 AND c.taken_by IS NULL) OR (?2 = 4 AND c.turn = 2))
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = ?1)
ORDER BY CASE WHEN c.next_hour > 0 AND c.next_hour < c.due_hour THEN c.next_hour ELSE c.due_hour END, c.id LIMIT ?3;

-- Names that a custodian can open: where one was given.
-- :many case_names (account i64, max i64) -> id blob, channel str, created_on i64
SELECT c.id, h.slug, c.created_on
FROM protect_wrap w JOIN protect_case c ON c.id = w.of JOIN protect_channel h ON h.id = c.channel
WHERE w.account = ?1 AND w.role = 3 AND w.compartment = 2 AND c.withdrawn_on = 0
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = ?1)
	AND EXISTS (SELECT 1 FROM protect_object x WHERE x.of = c.id AND x.field = 'contact')
ORDER BY c.created_on DESC, c.id LIMIT ?2;

-- :one case_name (id i64) -> name str
SELECT name FROM account WHERE id = ?1;

-- :one case_due_count (account i64) -> n i64
SELECT count(*) FROM protect_wrap w WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1)
	AND EXISTS (SELECT 1 FROM protect_shut s JOIN protect_wrap o ON o.of = s.of AND o.account = s.account
		WHERE s.of = w.of AND o.compartment IN (1, 3, 5));

-- Whose reporters took them back, and which are not destroyed yet.
-- :one case_withdrawn_count (account i64) -> n i64
SELECT count(*) FROM protect_wrap w JOIN protect_case c ON c.id = w.of
WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1 AND c.withdrawn_on > 0
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1);

-- Closed ones that are destroyed soon.
-- :one case_soon_count (account i64, until_day i64) -> n i64
SELECT count(*) FROM protect_wrap w JOIN protect_case c ON c.id = w.of JOIN protect_channel h ON h.id = c.channel
WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1 AND c.state = 3 AND c.changed_on + h.keep_days < ?2
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1);

-- What an account is anywhere.
-- :many case_roles (account i64) -> role i64
SELECT DISTINCT role FROM protect_holder WHERE account = ?1 ORDER BY role;
