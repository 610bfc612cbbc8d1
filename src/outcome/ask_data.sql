-- owns nothing reads edge item ask

-- Everything an ask rests on, also what is gone from there.
-- :many ask_data_evidence (ask i64) -> item i64, kind i64, number i64, status i64, relation i64, quote str
SELECT i.id, i.kind, i.number, i.status, e.relation, e.quote FROM edge e JOIN item i ON i.id = e.to_item
WHERE e.from_item = ?1 AND e.relation IN (2, 3, 4) AND i.kind IN (2, 3, 4) ORDER BY e.relation, e.id;
