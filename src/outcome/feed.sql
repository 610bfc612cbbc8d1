-- owns nothing reads ask ask_theme answer item space org document document_text document_version disposition phase phase_text

-- What a consultation itself does, newest first. what: enum news_what; n: a version, or a moment.
-- :many feed_of_space (space i64, now i64, max i64, lang str, original str) -> what i64, uid str, place i64, n i64, title str, at i64
SELECT 2, d.uid, d.number, x.version, coalesce((SELECT t.title FROM document_text t WHERE t.document = d.id AND t.lang = ?4), (SELECT t.title FROM document_text t WHERE t.document = d.id AND t.lang = d.lang), ''), x.at
FROM document d JOIN document_version x ON x.document = d.id WHERE d.space = ?1
UNION ALL SELECT 3, d.uid, d.number, p.at / 86400, coalesce((SELECT t.title FROM document_text t WHERE t.document = d.id AND t.lang = ?4), (SELECT t.title FROM document_text t WHERE t.document = d.id AND t.lang = d.lang), ''), min(p.at)
FROM document d JOIN disposition p ON p.document = d.id WHERE d.space = ?1 GROUP BY d.id, d.uid, d.number, d.lang, p.at / 86400
UNION ALL SELECT 4, s.uid, p.ord, p.ends, coalesce((SELECT t.name FROM phase_text t WHERE t.phase = p.id AND t.lang = ?4), (SELECT t.name FROM phase_text t WHERE t.phase = p.id AND t.lang = ?5), ''), p.starts
FROM phase p JOIN space s ON s.id = p.space WHERE p.space = ?1 AND p.actions > 1 AND p.starts <= ?2 AND s.state > 0
UNION ALL SELECT 5, s.uid, p.ord, p.ends, coalesce((SELECT t.name FROM phase_text t WHERE t.phase = p.id AND t.lang = ?4), (SELECT t.name FROM phase_text t WHERE t.phase = p.id AND t.lang = ?5), ''), p.ends - 3 * 86400
FROM phase p JOIN space s ON s.id = p.space WHERE p.space = ?1 AND p.actions > 1 AND p.ends - 3 * 86400 <= ?2 AND p.ends > ?2 AND p.starts <= ?2 AND s.state = 1
UNION ALL SELECT 6, s.uid, 0, s.closed_at, '', s.closed_at FROM space s WHERE s.id = ?1 AND s.state > 1 AND s.closed_at <= ?2
ORDER BY 6 DESC, 1, 3 LIMIT ?3;

-- Asks and answers, newest first: of one space, theme, country (of who is asked), organisation or ask; of none of these, all that everyone may read.
-- :many feed_news (space i64, org i64, ask i64, max i64, theme i64, country str) -> item i64, kind i64, uid str, ask i64, slug str, at i64
SELECT i.id, i.kind, i.uid, a.item, s.slug, coalesce(i.published_at, i.created_at) FROM ask a JOIN item i ON i.id = a.item JOIN space s ON s.id = a.space
WHERE a.is_public = 1 AND (?1 = 0 OR a.space = ?1) AND (?2 = 0 OR a.org = ?2) AND (?3 = 0 OR a.item = ?3)
AND (?5 = 0 OR EXISTS (SELECT 1 FROM ask_theme x WHERE x.ask = a.item AND x.theme = ?5)) AND (?6 = '' OR EXISTS (SELECT 1 FROM org o WHERE o.id = a.org AND o.country = ?6)) AND (?1 <> 0 OR (s.access = 0 AND s.state > 0))
UNION ALL
SELECT i.id, i.kind, i.uid, a.item, s.slug, coalesce(i.published_at, i.created_at) FROM answer n JOIN item i ON i.id = n.item JOIN ask a ON a.item = n.ask JOIN space s ON s.id = a.space
WHERE a.is_public = 1 AND i.status = 1 AND (?1 = 0 OR a.space = ?1) AND (?2 = 0 OR n.org = ?2) AND (?3 = 0 OR a.item = ?3)
AND (?5 = 0 OR EXISTS (SELECT 1 FROM ask_theme x WHERE x.ask = a.item AND x.theme = ?5)) AND (?6 = '' OR EXISTS (SELECT 1 FROM org o WHERE o.id = a.org AND o.country = ?6)) AND (?1 <> 0 OR (s.access = 0 AND s.state > 0))
ORDER BY 6 DESC, 1 DESC LIMIT ?4;

-- :one feed_answer (item i64) -> state i64, org i64, org_lang str, lang str
SELECT n.state, n.org, o.lang, i.lang FROM answer n JOIN org o ON o.id = n.org JOIN item i ON i.id = n.item WHERE n.item = ?1;

-- :many feed_due (space i64, max i64) -> ask i64, uid str, due_at i64
SELECT a.item, i.uid, coalesce(a.due_at, 0) FROM ask a JOIN item i ON i.id = a.item
WHERE a.space = ?1 AND a.is_public = 1 AND a.due_at IS NOT NULL ORDER BY a.due_at LIMIT ?2;
