-- owns space space_ phase phase_ theme theme_ crowd crowd_ seat seat_ item item_ vote useful flag decision edge

-- :one bundle_space (slug str) -> id i64, uid str, slug str, state i64, access i64, moderation i64, lang str, langs i64, decided_at i64?, answer_due i64?, announced_at i64?, closed_at i64?, is_sample i64, created_at i64, changed_at i64
SELECT id, uid, slug, state, access, moderation, lang, langs, decided_at, answer_due, announced_at, closed_at, is_sample, created_at, changed_at
FROM space WHERE slug = ?1 AND state < 4;

-- :many bundle_space_texts (space i64) -> lang str, title str, purpose str, run_by str, decider str, feeds str, notice_reason str
SELECT lang, title, purpose, run_by, decider, feeds, notice_reason FROM space_text WHERE space = ?1 ORDER BY lang;

-- :many bundle_phases (space i64) -> id i64, starts i64, ends i64, actions i64
SELECT id, starts, ends, actions FROM phase WHERE space = ?1 ORDER BY ord, id;

-- :many bundle_themes (space i64) -> id i64
SELECT id FROM theme WHERE space = ?1 ORDER BY ord, id;

-- :many bundle_crowds (space i64) -> id i64, hoped i64?
SELECT id, hoped FROM crowd WHERE space = ?1 ORDER BY ord, id;

-- :many bundle_names (space i64) -> what i64, owner i64, lang str, name str
SELECT 1, t.phase, t.lang, t.name FROM phase p JOIN phase_text t ON t.phase = p.id WHERE p.space = ?1
UNION ALL SELECT 2, t.theme, t.lang, t.name FROM theme h JOIN theme_text t ON t.theme = h.id WHERE h.space = ?1
UNION ALL SELECT 3, t.crowd, t.lang, t.name FROM crowd c JOIN crowd_text t ON t.crowd = c.id WHERE c.space = ?1
ORDER BY 1, 2, 3;

-- :many bundle_sdgs (space i64) -> target str
SELECT target FROM space_sdg WHERE space = ?1 ORDER BY target;

-- :many bundle_targets (space i64) -> kind i64, value str, least i64
SELECT kind, value, least FROM space_target WHERE space = ?1 ORDER BY kind, value;

-- :many bundle_seat (space i64) -> number i64, alias str, lang str, country str, is_trusted i64
SELECT number, alias, lang, country, is_trusted FROM seat WHERE space = ?1 ORDER BY number;

-- :many bundle_seat_crowd (space i64) -> seat i64, crowd i64
SELECT s.number, c.crowd FROM seat s JOIN seat_crowd c ON c.seat = s.id WHERE s.space = ?1 ORDER BY s.number, c.crowd;

-- :many bundle_item (space i64) -> uid str, kind i64, parent str?, number i64, seat i64?, account i64?, lang str, theme i64?, status i64, is_seed i64, is_meta i64, created_at i64, published_at i64?, changed_at i64
SELECT i.uid, i.kind, p.uid, i.number, s.number, i.account, i.lang, i.theme, i.status, i.is_seed, i.is_meta, i.created_at, i.published_at, i.changed_at
FROM item i LEFT JOIN item p ON p.id = i.parent LEFT JOIN seat s ON s.id = i.seat WHERE i.space = ?1 ORDER BY i.id;

-- :many bundle_merged (space i64) -> item str, merged_into str
SELECT i.uid, m.uid FROM item i JOIN item m ON m.id = i.merged_into WHERE i.space = ?1 ORDER BY i.id;

-- :many bundle_item_text (space i64) -> item str, lang str, version i64, origin i64, is_reviewed i64, title str, body str, account i64?, at i64
SELECT i.uid, t.lang, t.version, t.origin, t.is_reviewed, t.title, t.body, t.account, t.at
FROM item i JOIN item_text t ON t.item = i.id WHERE i.space = ?1 ORDER BY i.id, t.lang;

-- :many bundle_past (space i64) -> item str, lang str, version i64, origin i64, title str, body str, account i64?, at i64
SELECT i.uid, t.lang, t.version, t.origin, t.title, t.body, t.account, t.at
FROM item i JOIN item_past t ON t.item = i.id WHERE i.space = ?1 ORDER BY i.id, t.lang, t.version;

-- :many bundle_vote (space i64) -> seat i64, item str, value i64, at i64
SELECT s.number, i.uid, v.value, v.at
FROM seat s JOIN vote v ON v.space = s.space AND v.seat = s.id JOIN item i ON i.id = v.item WHERE s.space = ?1 ORDER BY s.number, i.id;

-- :many bundle_useful (space i64) -> item str, seat i64
SELECT i.uid, s.number FROM item i JOIN useful u ON u.item = i.id JOIN seat s ON s.id = u.seat WHERE i.space = ?1 ORDER BY i.id, s.number;

-- :many bundle_flag (space i64) -> item str, seat i64, reason i64, is_open i64, at i64
SELECT i.uid, s.number, f.reason, f.is_open, f.at FROM item i JOIN flag f ON f.item = i.id JOIN seat s ON s.id = f.seat WHERE i.space = ?1 ORDER BY i.id, s.number;

-- :many bundle_edge (space i64) -> from_item str, to_item str, relation i64, quote str, account i64?, at i64
SELECT a.uid, b.uid, e.relation, e.quote, e.account, e.at
FROM item a JOIN edge e ON e.from_item = a.id JOIN item b ON b.id = e.to_item WHERE a.space = ?1 AND b.space = ?1 ORDER BY e.id;

-- :many bundle_decision (space i64) -> item str, verdict i64, reason i64, word str, at i64
SELECT i.uid, d.verdict, d.reason, d.word, d.at FROM decision d JOIN item i ON i.id = d.item WHERE d.space = ?1 ORDER BY d.id;
