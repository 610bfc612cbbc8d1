-- owns space space_ phase phase_ theme theme_ reads member participant account_held

-- :one space_by_slug (slug str) -> id i64, uid str, slug str, state i64, access i64, link_key str, moderation i64, lang str, langs i64, decided_at i64?, answer_due i64?, announced_at i64?, closed_at i64?, is_sample i64, gone_at i64
SELECT s.id, s.uid, s.slug, s.state, s.access, s.link_key, s.moderation, s.lang, s.langs, s.decided_at, s.answer_due, s.announced_at, s.closed_at, s.is_sample,
	CASE WHEN s.state = 4 THEN coalesce((SELECT e.begun_at FROM space_end e WHERE e.space = s.id), 0) ELSE 0 END
FROM space s WHERE s.slug = ?1;

-- In easy words, else in the language, else in that of the space, else in any. A list of languages
-- would be a table of its own to SQLite, made and thrown away for each page.
-- :one space_words (space i64, easy str, lang str, original str) -> lang str, title str, purpose str, run_by str, decider str, feeds str, notice_reason str
SELECT lang, title, purpose, run_by, decider, feeds, notice_reason FROM space_text
WHERE space = ?1 AND lang = coalesce((SELECT e.lang FROM space_text e WHERE e.space = ?1 AND e.lang = ?2),
	(SELECT m.lang FROM space_text m WHERE m.space = ?1 AND m.lang = ?3),
	(SELECT o.lang FROM space_text o WHERE o.space = ?1 AND o.lang = ?4),
	(SELECT min(a.lang) FROM space_text a WHERE a.space = ?1));

-- :many space_phases (space i64) -> id i64, starts i64, ends i64, actions i64
SELECT id, starts, ends, actions FROM phase WHERE space = ?1 ORDER BY ord;

-- :many phase_names (space i64, lang str, original str) -> phase i64, name str
SELECT t.phase, t.name FROM phase p JOIN phase_text t ON t.phase = p.id AND t.lang = coalesce(
	(SELECT m.lang FROM phase_text m WHERE m.phase = p.id AND m.lang = ?2),
	(SELECT o.lang FROM phase_text o WHERE o.phase = p.id AND o.lang = ?3),
	(SELECT min(a.lang) FROM phase_text a WHERE a.phase = p.id))
WHERE p.space = ?1;

-- :many theme_names (space i64) -> theme i64, lang str, name str
SELECT t.theme, t.lang, t.name FROM theme h JOIN theme_text t ON t.theme = h.id WHERE h.space = ?1 ORDER BY h.ord, h.id;

-- :many space_slugs (state i64, max i64) -> slug str
SELECT slug FROM space WHERE state = ?1 AND access = 0 ORDER BY announced_at DESC LIMIT ?2;

-- :one member_is (space i64, code_key blob, account i64) -> n i64
SELECT count(*) FROM member m WHERE m.space = ?1 AND m.participant IN (
	SELECT p.id FROM participant p WHERE p.code_key = ?2 UNION ALL SELECT h.participant FROM account_held h WHERE h.account = ?3);
