-- owns protect_ reads audit_case

-- :one cover_row (id blob, of blob) -> n i64, on_day i64
SELECT n, on_day FROM protect_object WHERE id = ?1 AND of = ?2;

-- The first text goes behind all others, under another field; none: it was covered meanwhile.
-- :exec cover_first_put (id blob, of blob, epoch i64, was str, field str, box blob)
UPDATE protect_object SET n = (SELECT max(o.n) + 1 FROM protect_object o WHERE o.of = ?2), field = ?5, box = ?6
WHERE id = ?1 AND of = ?2 AND epoch = ?3 AND field = ?4;

-- :exec cover_copy_add (id blob, of blob, n i64, compartment i64, epoch i64, field str, account i64, on_day i64, box blob)
INSERT INTO protect_object (id, of, n, compartment, epoch, field, account, on_day, box)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- Covered once more.
-- :exec cover_copy_put (id blob, of blob, epoch i64, field str, box blob)
UPDATE protect_object SET box = ?5 WHERE id = ?1 AND of = ?2 AND epoch = ?3 AND field = ?4;

-- :one cover_seen (of blob, account i64, day i64, what i64) -> number i64
SELECT number FROM audit_case WHERE of = ?1 AND account = ?2 AND on_day = ?3 AND what = ?4 LIMIT 1;
