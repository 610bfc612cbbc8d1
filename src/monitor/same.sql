-- owns nothing reads record record_field record_cell

-- What waits to be checked, newest first.
-- :many same_waiting (max i64) -> id i64, uid str, form i64, ref str, state str, lang str, body str, ord i64, is_sample i64
SELECT r.id, r.uid, r.form, r.ref, r.state, r.lang, r.body, r.ord, r.is_sample FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = 'review' AND c.nth = 0
JOIN record r ON r.id = c.record WHERE f.name = 'incident' AND f.field = '' ORDER BY c.ord DESC, c.record DESC LIMIT ?1;

-- Others of a country about the same day.
-- :many same_near (country str, since i64, before i64, id i64, max i64) -> id i64, uid str, form i64, ref str, state str, lang str, body str, ord i64, is_sample i64
SELECT r.id, r.uid, r.form, r.ref, r.state, r.lang, r.body, r.ord, r.is_sample FROM record_field f
JOIN record_cell c ON c.field = f.id AND c.val = ?1 AND c.ord >= ?2 AND c.ord < ?3 AND c.record <> ?4 AND c.nth = 0
JOIN record r ON r.id = c.record AND (r.state = 'review' OR r.state = 'verified')
WHERE f.name = 'incident' AND f.field = 'country' ORDER BY c.ord DESC, c.record DESC LIMIT ?5;
