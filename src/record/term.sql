-- owns nothing reads record record_entry

-- Records of a form that came into a state before that moment, and are still there.
-- :many term_due (name str, state str, before i64) -> uid str
SELECT r.uid FROM record r WHERE r.name = ?1 AND r.state = ?2
AND coalesce((SELECT max(e.at) FROM record_entry e WHERE e.record = r.id AND e.state_to = ?2 AND e.state_from <> ?2), r.created_at) < ?3
ORDER BY r.ord, r.id LIMIT 50;
