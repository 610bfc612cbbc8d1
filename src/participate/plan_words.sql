-- owns space_ phase_ theme_ crowd_ reads phase theme crowd

-- :one words_text (space i64, lang str) -> title str, purpose str, run_by str, decider str, feeds str, reason str
SELECT title, purpose, run_by, decider, feeds, notice_reason FROM space_text WHERE space = ?1 AND lang = ?2;

-- :many words_phases (space i64, lang str, original str) -> id i64, name str, other str?
SELECT p.id, o.name, t.name FROM phase p JOIN phase_text o ON o.phase = p.id AND o.lang = ?3
LEFT JOIN phase_text t ON t.phase = p.id AND t.lang = ?2 WHERE p.space = ?1 ORDER BY p.ord, p.id;

-- :many words_themes (space i64, lang str, original str) -> id i64, name str, other str?
SELECT p.id, o.name, t.name FROM theme p JOIN theme_text o ON o.theme = p.id AND o.lang = ?3
LEFT JOIN theme_text t ON t.theme = p.id AND t.lang = ?2 WHERE p.space = ?1 ORDER BY p.ord, p.id;

-- :many words_crowds (space i64, lang str, original str) -> id i64, name str, other str?
SELECT p.id, o.name, t.name FROM crowd p JOIN crowd_text o ON o.crowd = p.id AND o.lang = ?3
LEFT JOIN crowd_text t ON t.crowd = p.id AND t.lang = ?2 WHERE p.space = ?1 ORDER BY p.ord, p.id;

-- :exec words_theme_put (theme i64, lang str, name str)
INSERT INTO theme_text (theme, lang, name) VALUES (?1, ?2, ?3)
ON CONFLICT (theme, lang) DO UPDATE SET name = excluded.name;

-- :exec words_theme_drop (theme i64, lang str)
DELETE FROM theme_text WHERE theme = ?1 AND lang = ?2;

-- :exec words_crowd_put (crowd i64, lang str, name str)
INSERT INTO crowd_text (crowd, lang, name) VALUES (?1, ?2, ?3)
ON CONFLICT (crowd, lang) DO UPDATE SET name = excluded.name;

-- :exec words_crowd_drop (crowd i64, lang str)
DELETE FROM crowd_text WHERE crowd = ?1 AND lang = ?2;
