-- owns space space_ phase phase_ theme theme_ crowd crowd_ participant seat seat_ item item_ vote useful decision edge flag

-- :one put_space (uid str, slug str, state i64, access i64, link_key str, moderation i64, lang str, langs i64, decided_at i64?, answer_due i64?, announced_at i64?, closed_at i64?, is_sample i64, created_at i64, changed_at i64) -> id i64
INSERT INTO space (uid, slug, state, access, link_key, moderation, lang, langs, decided_at, answer_due, announced_at, closed_at, is_sample, created_at, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING id;

-- :exec put_space_text (space i64, lang str, title str, purpose str, run_by str, decider str, feeds str, notice_reason str)
INSERT INTO space_text (space, lang, title, purpose, run_by, decider, feeds, notice_reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- :one put_phase (space i64, ord i64, starts i64, ends i64, actions i64) -> id i64
INSERT INTO phase (space, ord, starts, ends, actions) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id;

-- :exec put_phase_text (phase i64, lang str, name str)
INSERT INTO phase_text (phase, lang, name) VALUES (?1, ?2, ?3);

-- :one put_theme (space i64, ord i64) -> id i64
INSERT INTO theme (space, ord) VALUES (?1, ?2) RETURNING id;

-- :exec put_theme_text (theme i64, lang str, name str)
INSERT INTO theme_text (theme, lang, name) VALUES (?1, ?2, ?3);

-- :exec put_sdg (space i64, target str)
INSERT INTO space_sdg (space, target) VALUES (?1, ?2);

-- :one put_crowd (space i64, ord i64, hoped i64?) -> id i64
INSERT INTO crowd (space, ord, hoped) VALUES (?1, ?2, ?3) RETURNING id;

-- :exec put_crowd_text (crowd i64, lang str, name str)
INSERT INTO crowd_text (crowd, lang, name) VALUES (?1, ?2, ?3);

-- :exec put_target (space i64, kind i64, value str, least i64)
INSERT INTO space_target (space, kind, value, least) VALUES (?1, ?2, ?3, ?4);

-- :one put_participant (code_key blob) -> id i64
INSERT INTO participant (code_key) VALUES (?1) RETURNING id;

-- :one put_seat (space i64, participant i64, number i64, alias str, lang str, country str, is_trusted i64) -> id i64
INSERT INTO seat (space, participant, number, alias, lang, country, is_trusted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id;

-- :exec put_seat_alias (seat i64, alias str)
UPDATE seat SET alias = ?2 WHERE id = ?1;

-- :exec put_seat_crowd (seat i64, crowd i64)
INSERT INTO seat_crowd (seat, crowd) VALUES (?1, ?2);

-- :one put_item (uid str, space i64, kind i64, parent i64?, number i64, seat i64?, account i64?, lang str, theme i64?, status i64, is_seed i64, is_meta i64, useful i64, created_at i64, published_at i64?, changed_at i64) -> id i64
INSERT INTO item (uid, space, kind, parent, number, seat, account, lang, theme, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING id;

-- :exec put_item_text (item i64, lang str, version i64, origin i64, is_reviewed i64, title str, body str, account i64?, at i64)
INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- :exec put_vote (space i64, seat i64, item i64, value i64, at i64)
INSERT INTO vote (space, seat, item, value, at) VALUES (?1, ?2, ?3, ?4, ?5);

-- :exec put_useful (item i64, seat i64)
INSERT INTO useful (item, seat) VALUES (?1, ?2);

-- :exec put_decision (space i64, item i64, account i64, verdict i64, reason i64, word str, at i64)
INSERT INTO decision (space, item, account, verdict, reason, word, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- :one scan "asked once, at the start of the demo" put_any_space () -> id i64
SELECT id FROM space ORDER BY id LIMIT 1;

-- :exec put_merged (item i64, merged_into i64)
UPDATE item SET merged_into = ?2 WHERE id = ?1;

-- :exec put_useful_count (item i64)
UPDATE item SET useful = useful + 1 WHERE id = ?1;

-- :exec put_past (item i64, lang str, version i64, origin i64, title str, body str, account i64?, at i64)
INSERT INTO item_past (item, lang, version, origin, title, body, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- :exec put_flag (item i64, seat i64, space i64, reason i64, is_open i64, at i64)
INSERT INTO flag (item, seat, space, reason, is_open, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :exec put_edge (from_item i64, to_item i64, relation i64, quote str, account i64?, at i64)
INSERT INTO edge (from_item, to_item, relation, quote, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- :many put_published (space i64) -> id i64
SELECT id FROM item WHERE space = ?1 AND status = 1 AND kind BETWEEN 1 AND 7 ORDER BY id;
