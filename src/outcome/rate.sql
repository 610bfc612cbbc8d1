-- owns ask ask_ reads space org_account

-- Every public ask that is counted: of one space; or of one organisation, or of the whole site, as
-- far as everyone may read it; or of the organisations one account answers for.

-- :many rate_states (space i64, org i64, account i64) -> state i64, n i64
SELECT a.state, count(*) FROM ask a JOIN space s ON s.id = a.space
WHERE a.is_public = 1 AND (?1 = 0 OR a.space = ?1) AND (?2 = 0 OR a.org = ?2)
AND (?3 = 0 OR a.org IN (SELECT x.org FROM org_account x WHERE x.account = ?3))
AND (?1 + ?3 > 0 OR (s.access = 0 AND s.state > 0)) GROUP BY a.state;

-- :one rate_late (space i64, org i64, account i64, today i64) -> n i64
SELECT count(*) FROM ask a JOIN space s ON s.id = a.space
WHERE a.is_public = 1 AND a.state <= 1 AND a.due_at / 86400 < ?4 AND (?1 = 0 OR a.space = ?1) AND (?2 = 0 OR a.org = ?2)
AND (?3 = 0 OR a.org IN (SELECT x.org FROM org_account x WHERE x.account = ?3))
AND (?1 + ?3 > 0 OR (s.access = 0 AND s.state > 0));

-- Days from asking to the first answer, in order.
-- :many rate_days (space i64, org i64, account i64) -> days i64
SELECT a.answered_at / 86400 - a.asked_at / 86400 FROM ask a JOIN space s ON s.id = a.space
WHERE a.is_public = 1 AND a.answered_at IS NOT NULL AND a.asked_at IS NOT NULL
AND (?1 = 0 OR a.space = ?1) AND (?2 = 0 OR a.org = ?2)
AND (?3 = 0 OR a.org IN (SELECT x.org FROM org_account x WHERE x.account = ?3))
AND (?1 + ?3 > 0 OR (s.access = 0 AND s.state > 0))
ORDER BY a.answered_at / 86400 - a.asked_at / 86400;
