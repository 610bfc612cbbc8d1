-- owns nothing reads schema_step space space_ phase item item_ account account_ participant

-- :one scan "one row for each step" check_step_at () -> at i64
SELECT coalesce(max(at), 0) FROM schema_step;

-- :one check_admins () -> n i64
SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account
WHERE r.space = 0 AND (r.roles & 32) <> 0 AND a.is_disabled = 0
	AND (a.password <> '' OR EXISTS (SELECT 1 FROM account_key k WHERE k.account = a.id));

-- :one scan "asks for one row of each" check_key_is_needed () -> n i64
SELECT CASE WHEN EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM participant) THEN 1 ELSE 0 END;

-- :one scan "asks for one row" check_vault_key_is_needed () -> n i64
SELECT CASE WHEN EXISTS (SELECT 1 FROM account_key) THEN 1 ELSE 0 END;

-- fault: 1 no words in the original language, 2 an empty word about itself, 3 no day for the
-- answer, 4 no phases. A closed space may come from elsewhere, without 2 to 4.
-- :many scan "a few hundred rows, looked at by hand" check_spaces () -> slug str, fault i64
SELECT s.slug, CASE WHEN t.space IS NULL OR t.title = '' THEN 1
	WHEN t.purpose = '' OR t.run_by = '' OR t.decider = '' OR t.feeds = '' THEN 2
	WHEN s.answer_due IS NULL THEN 3 ELSE 4 END
FROM space s LEFT JOIN space_text t ON t.space = s.id AND t.lang = s.lang
WHERE (s.state > 0 AND (t.space IS NULL OR t.title = ''))
	OR (s.state = 1 AND (t.purpose = '' OR t.run_by = '' OR t.decider = '' OR t.feeds = '' OR s.answer_due IS NULL
		OR NOT EXISTS (SELECT 1 FROM phase p WHERE p.space = s.id)))
ORDER BY s.slug;

-- :one scan "all that was published, looked at by hand" check_words () -> n i64
SELECT count(*) FROM item i LEFT JOIN item_text t ON t.item = i.id AND t.lang = i.lang
WHERE i.status = 1 AND t.item IS NULL;
