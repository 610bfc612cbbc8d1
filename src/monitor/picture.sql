-- owns monitor_tally

-- :many picture_countries (act str, grp str, country str, since i64, before i64) -> country str, n i64
SELECT country, sum(n) FROM monitor_tally WHERE act = ?1 AND grp = ?2 AND (?3 = '' OR country = ?3 OR replace(?3, '|' || country || '|', '') <> ?3) AND month >= ?4 AND month < ?5
GROUP BY country ORDER BY 2 DESC, country;

-- :many picture_months (act str, grp str, country str, since i64, before i64) -> month i64, n i64
SELECT month, sum(n) FROM monitor_tally WHERE act = ?1 AND grp = ?2 AND (?3 = '' OR country = ?3 OR replace(?3, '|' || country || '|', '') <> ?3) AND month >= ?4 AND month < ?5
GROUP BY month ORDER BY month;

-- :one picture_sum (act str, grp str, country str, since i64, before i64) -> n i64
SELECT coalesce(sum(n), 0) FROM monitor_tally WHERE act = ?1 AND grp = ?2 AND (?3 = '' OR country = ?3 OR replace(?3, '|' || country || '|', '') <> ?3) AND month >= ?4 AND month < ?5;

-- :one picture_first () -> month i64
SELECT coalesce(min(month), 0) FROM monitor_tally WHERE act = '' AND grp = '';
