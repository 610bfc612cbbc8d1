-- owns space space_ phase phase_

-- :exec plan_set (id i64, slug str, access i64, moderation i64, langs i64, decided_at i64?, answer_due i64?, at i64)
UPDATE space SET slug = ?2, access = ?3, moderation = ?4, langs = ?5, decided_at = ?6, answer_due = ?7, changed_at = ?8
WHERE id = ?1;

-- :exec plan_text_put (space i64, lang str, title str, purpose str, run_by str, decider str, feeds str, reason str)
INSERT INTO space_text (space, lang, title, purpose, run_by, decider, feeds, notice_reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (space, lang) DO UPDATE SET title = excluded.title, purpose = excluded.purpose, run_by = excluded.run_by,
	decider = excluded.decider, feeds = excluded.feeds, notice_reason = excluded.notice_reason;

-- :exec plan_text_drop (space i64, lang str)
DELETE FROM space_text WHERE space = ?1 AND lang = ?2;

-- :one plan_phase_add (space i64, ord i64, starts i64, ends i64, actions i64) -> id i64
INSERT INTO phase (space, ord, starts, ends, actions) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- :exec plan_phase_set (id i64, space i64, ord i64, starts i64, ends i64, actions i64)
UPDATE phase SET ord = ?3, starts = ?4, ends = ?5, actions = ?6 WHERE id = ?1 AND space = ?2;

-- :exec plan_phase_name_put (phase i64, lang str, name str)
INSERT INTO phase_text (phase, lang, name) VALUES (?1, ?2, ?3)
ON CONFLICT (phase, lang) DO UPDATE SET name = excluded.name;

-- :exec plan_phase_name_drop (phase i64, lang str)
DELETE FROM phase_text WHERE phase = ?1 AND lang = ?2;

-- :exec plan_phase_names_drop (phase i64)
DELETE FROM phase_text WHERE phase = ?1;

-- :exec plan_phase_drop (id i64, space i64)
DELETE FROM phase WHERE id = ?1 AND space = ?2;
