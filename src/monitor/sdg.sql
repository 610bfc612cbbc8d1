-- owns monitor_unit

-- People and acts: a person who was harmed in two ways counts in two rows, a row for a group counts its people.
-- :many sdg_units (first i64, last i64) -> year i64, country str, act str, grp str, sex str, age str, actor str, n i64
SELECT year, country, act, grp, sex, age, actor, sum(persons)
FROM monitor_unit
WHERE year BETWEEN ?1 AND ?2
  AND grp <> '' AND grp <> 'other'
GROUP BY year, country, act, grp, sex, age, actor
ORDER BY year, country;
