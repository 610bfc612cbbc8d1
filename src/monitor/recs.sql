-- owns nothing reads record record_field record_cell record_tally

-- How many recommendations with a value of a field are in which state.
-- :many recs_by (field str, max i64) -> val str, state str, n i64
SELECT t.val, t.state, t.n FROM record_field f JOIN record_tally t ON t.field = f.id
WHERE f.name = 'recommendation' AND f.field = ?1 AND t.n > 0 ORDER BY t.val, t.state LIMIT ?2;

-- :many recs_of (country str, max i64) -> uid str, form i64, ref str, state str, lang str, body str, is_sample i64
SELECT r.uid, r.form, r.ref, r.state, r.lang, r.body, r.is_sample FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = ?1 AND c.nth = 0
JOIN record r ON r.id = c.record WHERE f.name = 'recommendation' AND f.field = 'country' ORDER BY c.ord DESC, c.record DESC LIMIT ?2;
