-- owns monitor_public monitor_tally monitor_unit reads record record_link

-- :one count_public (record i64) -> country str, month i64, acts str, groups str
SELECT country, month, acts, groups FROM monitor_public WHERE record = ?1;

-- :exec count_public_drop (record i64)
DELETE FROM monitor_public WHERE record = ?1;

-- :exec count_public_add (record i64, country str, month i64, acts str, groups str)
INSERT INTO monitor_public (record, country, month, acts, groups) VALUES (?1, ?2, ?3, ?4, ?5);

-- :exec count_tally_add (act str, grp str, country str, month i64, n i64)
INSERT INTO monitor_tally (act, grp, country, month, n) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (act, grp, country, month) DO UPDATE SET n = monitor_tally.n + excluded.n;

-- :exec count_tally_sweep (act str, grp str, country str, month i64)
DELETE FROM monitor_tally WHERE act = ?1 AND grp = ?2 AND country = ?3 AND month = ?4 AND n <= 0;

-- :exec count_units_drop (incident i64)
DELETE FROM monitor_unit WHERE incident = ?1;

-- :exec count_unit_add (incident i64, victim i64, act str, country str, year i64, grp str, sex str, age str, actor str, persons i64)
INSERT INTO monitor_unit (incident, victim, act, country, year, grp, sex, age, actor, persons)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- Records made from this one that are public.
-- :one count_shown (incident i64) -> n i64
SELECT count(*) FROM record_link l JOIN record r ON r.id = l.from_record
WHERE l.to_record = ?1 AND l.kind = 1 AND r.name = 'incident_public' AND r.state = 'shown';

-- :one count_origin (public i64) -> uid str
SELECT r.uid FROM record_link l JOIN record r ON r.id = l.to_record WHERE l.from_record = ?1 AND l.kind = 1 AND r.name = 'incident';

-- :exec scan "made anew" count_public_clear ()
DELETE FROM monitor_public WHERE 1 = 1;

-- :exec scan "made anew" count_tally_clear ()
DELETE FROM monitor_tally WHERE 1 = 1;

-- :exec scan "made anew" count_unit_clear ()
DELETE FROM monitor_unit WHERE 1 = 1;
