-- owns space space_ phase_ theme theme_ crowd crowd_ reads item

-- :one copy_space (space i64, uid str, slug str, link_key str, decided_at i64?, answer_due i64?, at i64) -> id i64
INSERT INTO space (uid, slug, state, access, link_key, moderation, lang, langs, decided_at, answer_due, is_sample, created_at, changed_at)
SELECT ?2, ?3, 0, access, ?4, moderation, lang, langs, ?5, ?6, is_sample, ?7, ?7 FROM space WHERE id = ?1 RETURNING id;

-- :exec copy_texts (space i64, to_space i64)
INSERT INTO space_text (space, lang, title, purpose, run_by, decider, feeds, notice_reason)
SELECT ?2, lang, title, purpose, run_by, decider, feeds, '' FROM space_text WHERE space = ?1;

-- :exec copy_phase_names (phase i64, to_phase i64)
INSERT INTO phase_text (phase, lang, name) SELECT ?2, lang, name FROM phase_text WHERE phase = ?1;

-- :many copy_theme_list (space i64) -> id i64
SELECT id FROM theme WHERE space = ?1 ORDER BY ord, id;

-- :one copy_theme (theme i64, to_space i64) -> id i64
INSERT INTO theme (space, ord) SELECT ?2, ord FROM theme WHERE id = ?1 RETURNING id;

-- :exec copy_theme_names (theme i64, to_theme i64)
INSERT INTO theme_text (theme, lang, name) SELECT ?2, lang, name FROM theme_text WHERE theme = ?1;

-- :many copy_crowd_list (space i64) -> id i64
SELECT id FROM crowd WHERE space = ?1 ORDER BY ord, id;

-- :one copy_crowd (crowd i64, to_space i64) -> id i64
INSERT INTO crowd (space, ord, hoped) SELECT ?2, ord, hoped FROM crowd WHERE id = ?1 RETURNING id;

-- :exec copy_crowd_names (crowd i64, to_crowd i64)
INSERT INTO crowd_text (crowd, lang, name) SELECT ?2, lang, name FROM crowd_text WHERE crowd = ?1;

-- :exec copy_sdg (space i64, to_space i64)
INSERT INTO space_sdg (space, target) SELECT ?2, target FROM space_sdg WHERE space = ?1;

-- :exec copy_targets (space i64, to_space i64)
INSERT INTO space_target (space, kind, value, least) SELECT ?2, kind, value, least FROM space_target WHERE space = ?1;

-- :many copy_items (space i64) -> id i64, kind i64, lang str, is_meta i64
SELECT id, kind, lang, is_meta FROM item WHERE space = ?1 AND status = 1 AND (kind = 1 OR (kind = 4 AND is_seed = 1))
ORDER BY kind, number;
