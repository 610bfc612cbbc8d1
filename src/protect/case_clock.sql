-- owns protect_ reads account

-- :one clock_case (id blob)
--   -> channel i64, turn i64, pace i64, due_hour i64, first_days i64, news_days i64, opens i64, closes i64, days i64,
--   created_on i64, said i64
SELECT c.channel, c.turn, c.pace, c.due_hour, h.first_days, h.news_days, h.opens, h.closes, h.days, c.created_on,
	(SELECT count(*) FROM protect_object o WHERE o.of = c.id AND o.field IN ('said by handler', 'said by handler, covered'))
FROM protect_case c JOIN protect_channel h ON h.id = c.channel WHERE c.id = ?1;

-- :exec clock_said_set (id blob, changed_on i64, due_hour i64, due_on i64)
UPDATE protect_case SET turn = 2, changed_on = ?2, due_hour = ?3, due_on = ?4, ask_hour = 0 WHERE id = ?1 AND state < 3;

-- :exec clock_heard_set (id blob, changed_on i64, due_hour i64, due_on i64)
UPDATE protect_case SET turn = 1, changed_on = ?2, due_hour = ?3, due_on = ?4 WHERE id = ?1 AND state < 3;

-- :exec clock_pace_put (id blob, pace i64, due_hour i64, due_on i64)
UPDATE protect_case SET pace = ?2, due_hour = ?3, due_on = ?4 WHERE id = ?1;

-- :exec clock_next_put (id blob, next_hour i64)
UPDATE protect_case SET next_hour = ?2 WHERE id = ?1;

-- :exec clock_promise_add (channel i64, quarter i64, kind i64, kept i64, late i64)
INSERT INTO protect_promise (channel, quarter, kind, kept, late) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (channel, quarter, kind) DO UPDATE SET kept = protect_promise.kept + excluded.kept,
	late = protect_promise.late + excluded.late;

-- :many scan "a few rows a channel and year" clock_promises (quarter i64) -> kind i64, kept i64, late i64
SELECT kind, coalesce(sum(kept), 0), coalesce(sum(late), 0) FROM protect_promise WHERE quarter >= ?1 GROUP BY kind;

-- :one clock_late_now (hour i64) -> n i64
SELECT count(*) FROM protect_case WHERE state < 3 AND due_hour <= ?1 AND withdrawn_on = 0;

-- What is late and nobody else was asked about for a while; of promises, and of what the handlers set themselves.
-- :many clock_late (hour i64, max i64) -> id blob, channel i64, pace i64, taken_by i64?
SELECT id, channel, pace, taken_by FROM protect_case WHERE state < 3 AND due_hour <= ?1 AND ask_hour <= ?1 AND withdrawn_on = 0
ORDER BY due_hour LIMIT ?2;

-- :many clock_late_next (hour i64, max i64) -> id blob, channel i64, pace i64, taken_by i64?
SELECT id, channel, pace, taken_by FROM protect_case
WHERE state < 3 AND next_hour > 0 AND next_hour <= ?1 AND due_hour > ?1 AND ask_hour <= ?1 AND withdrawn_on = 0
ORDER BY next_hour LIMIT ?2;

-- Who else holds the key: the one behind who was asked last, else the first.
-- :one clock_other (of blob, account i64) -> account i64
SELECT w.account FROM protect_wrap w JOIN account a ON a.id = w.account
WHERE w.of = ?1 AND w.compartment = 1 AND w.role = 2 AND w.account <> ?2 AND a.is_disabled = 0
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = w.account)
ORDER BY CASE WHEN w.account > ?2 THEN 0 ELSE 1 END, w.account LIMIT 1;

-- :exec clock_ask (id blob, account i64, ask_hour i64)
UPDATE protect_case SET taken_by = ?2, state = 2, ask_hour = ?3 WHERE id = ?1;

-- Nobody else is there to be asked.
-- :exec clock_ask_later (id blob, ask_hour i64)
UPDATE protect_case SET ask_hour = ?2 WHERE id = ?1;
