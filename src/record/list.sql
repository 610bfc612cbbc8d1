-- owns nothing reads record

-- :many list_plain (name str, ord i64, id i64, states str, most i64) -> id i64, uid str, form i64, ref str, state str, ord i64, lang str, body str, is_sample i64
SELECT id, uid, form, ref, state, ord, lang, body, is_sample FROM record
WHERE name = ?1 AND (ord, id) < (?2, ?3) AND replace(?4, '|' || state || '|', '') <> ?4 ORDER BY ord DESC, id DESC LIMIT ?5;
