-- owns nothing reads protect_ account

-- What an account handles (schema/045-desk.sql): of one list, as far as it is due after one hour and not after another; pace 0:
-- any. which: 0 open, 1 closed, 2 what it handles itself, 3 what nobody does, 4 where the reporter is to answer.
-- With the keys, the report, and the newest look at the danger.
-- :many case_inbox (account i64, which i64, after_hour i64, until_hour i64, pace i64, max i64, skip i64)
--   -> id blob, channel str, state i64, turn i64, taker str?, due_hour i64, changed_on i64, keep_days i64, shred i64,
--   epoch i64, wrap blob, inner_epoch i64?, inner_wrap blob?,
--   report blob?, report_epoch i64?, report_field str?, report_box blob?, risk blob?, risk_epoch i64?, risk_box blob?
SELECT c.id, h.slug, c.state, c.turn, a.name, p.due_hour, c.changed_on, h.keep_days, c.shred, w.epoch, w.wrap, i.epoch, i.wrap,
	o.id, o.epoch, o.field, o.box, r.id, r.epoch, r.box
FROM (SELECT d.of AS of, d.due_hour AS due_hour FROM protect_desk d
	WHERE d.account = ?1 AND d.list = (CASE WHEN ?2 = 1 THEN 1 ELSE 0 END) AND d.due_hour > ?3 AND d.due_hour <= ?4
		AND (?5 = 0 OR d.pace = ?5)
		AND (?2 < 2 OR (?2 = 2 AND d.taken_by = ?1) OR (?2 = 3 AND d.taken_by = 0) OR (?2 = 4 AND d.turn = 2))
	ORDER BY d.due_hour, d.of LIMIT ?6 OFFSET ?7) p
JOIN protect_case c ON c.id = p.of JOIN protect_channel h ON h.id = c.channel LEFT JOIN account a ON a.id = c.taken_by
JOIN protect_wrap w ON w.of = p.of AND w.compartment = 1 AND w.role = 2 AND w.account = ?1 AND w.epoch = (SELECT max(e.epoch)
	FROM protect_wrap e WHERE e.of = p.of AND e.compartment = 1 AND e.role = 2 AND e.account = ?1)
LEFT JOIN protect_wrap i ON i.of = p.of AND i.compartment = 3 AND i.role = 2 AND i.account = ?1 AND i.epoch = (SELECT max(e.epoch)
	FROM protect_wrap e WHERE e.of = p.of AND e.compartment = 3 AND e.role = 2 AND e.account = ?1)
LEFT JOIN protect_object o ON o.of = p.of AND o.n = (SELECT min(f.n) FROM protect_object f
	WHERE f.of = p.of AND f.compartment = 1 AND f.field IN ('answers', 'answers, covered'))
LEFT JOIN protect_object r ON r.of = p.of AND r.n = (SELECT max(f.n) FROM protect_object f
	WHERE f.of = p.of AND f.compartment = 3 AND f.field = 'risk')
ORDER BY p.due_hour, p.of;

-- How many there are; of them late, and of the others promised fast.
-- :one case_inbox_count (account i64, which i64, hour i64) -> n i64, late i64, critical i64, high i64
SELECT count(*), coalesce(sum(CASE WHEN d.due_hour <= ?3 THEN 1 ELSE 0 END), 0),
	coalesce(sum(CASE WHEN d.due_hour > ?3 AND d.pace = 1 THEN 1 ELSE 0 END), 0),
	coalesce(sum(CASE WHEN d.due_hour > ?3 AND d.pace = 2 THEN 1 ELSE 0 END), 0)
FROM protect_desk d WHERE d.account = ?1 AND d.list = (CASE WHEN ?2 = 1 THEN 1 ELSE 0 END)
	AND (?2 < 2 OR (?2 = 2 AND d.taken_by = ?1) OR (?2 = 3 AND d.taken_by = 0) OR (?2 = 4 AND d.turn = 2));

-- Names that a custodian can open: where one was given.
-- :many case_names (account i64, max i64) -> id blob, channel str, created_on i64
SELECT c.id, h.slug, c.created_on
FROM protect_wrap w JOIN protect_case c ON c.id = w.of JOIN protect_channel h ON h.id = c.channel
WHERE w.account = ?1 AND w.role = 3 AND w.compartment = 2 AND c.withdrawn_on = 0
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = ?1)
	AND EXISTS (SELECT 1 FROM protect_object x WHERE x.of = c.id AND x.field IN ('contact', 'contact, covered'))
ORDER BY c.created_on DESC, c.id LIMIT ?2;

-- :one case_name (id i64) -> name str
SELECT name FROM account WHERE id = ?1;

-- Whose locks must be changed.
-- :one case_due_count (account i64) -> n i64
SELECT count(*) FROM protect_desk d WHERE d.account = ?1 AND d.is_due = 1;

-- Whose reporters took them back, and which are not destroyed yet.
-- :one case_withdrawn_count (account i64) -> n i64
SELECT count(*) FROM protect_desk d WHERE d.account = ?1 AND d.list = 2;

-- Closed ones that are destroyed soon.
-- :one scan "a few channels" case_soon_count (account i64, until_day i64) -> n i64
SELECT count(*) FROM protect_channel h JOIN protect_desk d ON d.channel = h.id
WHERE d.account = ?1 AND d.list = 1 AND d.changed_on < ?2 - h.keep_days;

-- What an account is anywhere.
-- :many case_roles (account i64) -> role i64
SELECT DISTINCT role FROM protect_holder WHERE account = ?1 ORDER BY role;
