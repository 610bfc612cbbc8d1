-- owns protect_mechanism

-- :many scan "a few dozen bodies" mechanism_all () -> id i64, name str, mandate str, langs str, takes str, days i64, is_unnamed i64,
--   public str
SELECT id, name, mandate, langs, takes, days, is_unnamed, public FROM protect_mechanism WHERE is_off = 0 ORDER BY name, id;

-- :exec mechanism_add (name str, mandate str, langs str, takes str, days i64, is_unnamed i64, public str)
INSERT INTO protect_mechanism (name, mandate, langs, takes, days, is_unnamed, public, is_off)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0);

-- :exec mechanism_off (id i64)
UPDATE protect_mechanism SET is_off = 1 WHERE id = ?1;
