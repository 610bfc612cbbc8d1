-- owns protect_

-- :many end_slots (of blob) -> shred i64
SELECT shred FROM protect_slot WHERE of = ?1 UNION SELECT shred FROM protect_case WHERE id = ?1 ORDER BY 1;

-- :exec end_ending (shred i64)
INSERT INTO protect_ending (shred) VALUES (?1) ON CONFLICT (shred) DO NOTHING;

-- :exec end_objects (of blob)
DELETE FROM protect_object WHERE of = ?1;

-- :exec end_wraps (of blob)
DELETE FROM protect_wrap WHERE of = ?1;

-- :exec end_slot_rows (of blob)
DELETE FROM protect_slot WHERE of = ?1;

-- :exec end_shut (of blob)
DELETE FROM protect_shut WHERE of = ?1;

-- :exec end_case_row (id blob)
DELETE FROM protect_case WHERE id = ?1;

-- Kept long enough.
-- :many scan "channels are few, and their closed cases are found by day" end_over (today i64, max i64)
--   -> id blob, channel i64
SELECT c.id, c.channel FROM protect_channel h JOIN protect_case c ON c.channel = h.id
WHERE c.state = 3 AND c.changed_on + h.keep_days < ?1 ORDER BY c.changed_on, c.id LIMIT ?2;

-- Taken back long enough ago.
-- :many end_withdrawn (until_day i64, max i64) -> id blob, channel i64
SELECT id, channel FROM protect_case WHERE withdrawn_on > 0 AND withdrawn_on <= ?1 ORDER BY withdrawn_on, id LIMIT ?2;

-- :one end_keep_days (channel i64) -> keep_days i64
SELECT keep_days FROM protect_channel WHERE id = ?1;

-- :exec end_counted (id blob)
UPDATE protect_case SET is_counted = 1 WHERE id = ?1 AND is_counted = 0;

-- :exec end_count_add (year i64, form str, outcome i64)
INSERT INTO protect_ended (year, form, outcome, n) VALUES (?1, ?2, ?3, 1)
ON CONFLICT (year, form, outcome) DO UPDATE SET n = protect_ended.n + 1;

-- :many scan "a few dozen rows a year" end_figures () -> year i64, form str, outcome i64, n i64
SELECT year, form, outcome, n FROM protect_ended ORDER BY year DESC, form, outcome;
