-- owns schema_step reads sqlite_master

-- :one scan "looks at the catalogue" schema_is_there () -> n i64
SELECT count(*) FROM sqlite_schema WHERE name = 'schema_step';
-- :pg
SELECT count(*) FROM pg_class WHERE oid = to_regclass('schema_step');

-- :many scan "one row for each step" schema_step_all () -> step i64
SELECT step FROM schema_step ORDER BY step;

-- :exec schema_step_add (step i64, at i64)
INSERT INTO schema_step (step, at) VALUES (?1, ?2);
