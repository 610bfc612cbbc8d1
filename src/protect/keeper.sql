-- owns nothing reads protect_ account account_key

-- Cases of which somebody keeps names or payments, and must lock them anew, or can give the keys to another keeper.
-- :many keeper_cases (account i64, role i64, compartment i64, max i64) -> id blob
SELECT w.of FROM protect_wrap w JOIN protect_case c ON c.id = w.of
WHERE w.account = ?1 AND w.role = ?2 AND w.compartment = ?3
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = ?1)
	AND (EXISTS (SELECT 1 FROM protect_shut s JOIN protect_wrap o ON o.of = s.of AND o.account = s.account
			WHERE s.of = w.of AND o.compartment = ?3)
		OR EXISTS (SELECT 1 FROM protect_holder h JOIN account a ON a.id = h.account
			JOIN account_key k ON k.account = h.account
			WHERE h.channel = c.channel AND h.role = ?2 AND a.is_disabled = 0 AND a.second_step IS NOT NULL
			AND k.recovery IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM protect_wrap o WHERE o.of = w.of AND o.account = h.account)
			AND NOT EXISTS (SELECT 1 FROM protect_shut s
				WHERE s.of = w.of AND s.account = h.account AND s.why = 3)))
ORDER BY w.of LIMIT ?4;
