-- owns space seat participant item vote

-- :exec talk_space (id i64)
INSERT INTO space (id, uid, slug, state, access, link_key, moderation, lang, langs, announced_at, is_sample, created_at, changed_at)
VALUES (?1, 'u', 'talk', 1, 0, '', 0, 'en', 4, 1, 0, 1, 1);

-- :exec talk_person (id i64, code blob)
INSERT INTO participant (id, code_key) VALUES (?1, ?2);

-- :exec talk_seat (id i64, space i64, country str)
INSERT INTO seat (id, space, participant, number, alias, lang, country, is_trusted) VALUES (?1, ?2, ?1, ?1, '', 'en', ?3, 0);

-- :exec talk_item (id i64, space i64, status i64, uid str)
INSERT INTO item (id, uid, space, kind, number, lang, status, is_seed, is_meta, useful, created_at, changed_at)
VALUES (?1, ?4, ?2, 4, ?1, 'en', ?3, 1, 0, 0, 1, 1);

-- :exec talk_put (space i64, seat i64, item i64, value i64)
INSERT INTO vote (space, seat, item, value, at) VALUES (?1, ?2, ?3, ?4, 0)
ON CONFLICT (space, seat, item) DO UPDATE SET value = excluded.value;
