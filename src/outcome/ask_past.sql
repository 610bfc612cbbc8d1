-- owns nothing reads item item_text item_past

-- Wordings that were public, with the words that took their place.
-- :many ask_pasts (ask i64, lang str, max i64) -> title str, body str, until i64, next_title str, next_body str
SELECT p.title, p.body, coalesce(q.at, t.at), coalesce(q.title, t.title), coalesce(q.body, t.body)
FROM item i JOIN item_past p ON p.item = i.id AND p.lang = ?2 JOIN item_text t ON t.item = p.item AND t.lang = p.lang
LEFT JOIN item_past q ON q.item = p.item AND q.lang = p.lang AND q.version = p.version + 1
WHERE i.id = ?1 AND coalesce(q.at, t.at) > i.published_at
AND (p.title <> coalesce(q.title, t.title) OR p.body <> coalesce(q.body, t.body)) ORDER BY p.version DESC LIMIT ?3;
