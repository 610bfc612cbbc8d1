-- owns nothing reads item_text space_text

-- :one scan "once at the start: an index of nothing else, and a few rows a space" easy_any () -> is_any i64
SELECT CASE WHEN EXISTS (SELECT 1 FROM item_text WHERE origin = 3)
	OR EXISTS (SELECT 1 FROM space_text WHERE substr(lang, 3) = '-easy') THEN 1 ELSE 0 END;
