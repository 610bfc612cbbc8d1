-- owns monitor_alert monitor_public reads record record_cell record_field record_link

-- Verified incidents of a country and act, by the day on which they happened.
-- :one warn_count (country str, act str, since i64, before i64) -> n i64
SELECT count(*) FROM record_field f JOIN record_cell c ON c.field = f.id AND c.val = ?1 AND c.ord >= ?3 AND c.ord < ?4
JOIN record r ON r.id = c.record AND r.state = 'verified'
WHERE f.name = 'incident' AND f.field = 'country' AND EXISTS (SELECT 1 FROM record_field g JOIN record_cell x ON x.field = g.id AND x.val = ?2
	AND x.ord = c.ord AND x.record = c.record WHERE g.name = 'incident' AND g.field = 'act');

-- :one warn_last (rule str, country str, act str) -> at i64
SELECT coalesce(max(at), 0) FROM monitor_alert WHERE rule = ?1 AND country = ?2 AND act = ?3;

-- :exec warn_add (record i64, rule str, country str, act str, at i64)
INSERT INTO monitor_alert (record, rule, country, act, at) VALUES (?1, ?2, ?3, ?4, ?5);

-- :many warn_public (country str, since i64, max i64) -> uid str, form i64, lang str, body str, at i64, is_sample i64
SELECT r.uid, r.form, r.lang, r.body, r.changed_at, r.is_sample FROM monitor_alert a JOIN record r ON r.id = a.record
WHERE a.country = ?1 AND a.at >= ?2 AND r.state = 'shown' ORDER BY a.at DESC, a.record DESC LIMIT ?3;

-- :many warn_public_all (since i64, max i64) -> uid str, form i64, lang str, body str, at i64, is_sample i64
SELECT r.uid, r.form, r.lang, r.body, r.changed_at, r.is_sample FROM monitor_alert a JOIN record r ON r.id = a.record
WHERE a.at >= ?1 AND r.state = 'shown' ORDER BY a.at DESC, a.record DESC LIMIT ?2;

-- :exec warn_drop (record i64)
DELETE FROM monitor_alert WHERE record = ?1;

-- :exec scan "made anew" warn_clear ()
DELETE FROM monitor_alert WHERE 1 = 1;
