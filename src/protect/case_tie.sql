-- owns nothing reads protect_

-- What an account handles besides one case, the newest first.
-- :many tie_cases (account i64, but blob, max i64) -> id blob, channel str
SELECT c.id, h.slug FROM protect_wrap w JOIN protect_case c ON c.id = w.of JOIN protect_channel h ON h.id = c.channel
WHERE w.account = ?1 AND w.role = 2 AND w.compartment = 1 AND c.withdrawn_on = 0 AND c.id <> ?2
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = ?1)
ORDER BY c.changed_on DESC, c.id LIMIT ?3;
