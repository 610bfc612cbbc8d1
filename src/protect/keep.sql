-- owns protect_ reads account account_key

-- Who can be given a key: enabled, with a second step, a key, and a code on paper for it.
-- :many keep_holders (channel i64) -> role i64, account i64, public blob
SELECT h.role, h.account, k.public FROM protect_holder h JOIN account a ON a.id = h.account
JOIN account_key k ON k.account = h.account
WHERE h.channel = ?1 AND a.is_disabled = 0 AND a.second_step IS NOT NULL AND k.recovery IS NOT NULL
ORDER BY h.role, h.account;

-- :one keep_case_get (id blob)
--   -> channel i64, slug str, state i64, turn i64, taken_by i64?, created_on i64, changed_on i64, due_on i64,
--   due_hour i64, next_hour i64, pace i64, public blob, slot blob, pepper i64, shred i64,
--   withdrawn_on i64
SELECT c.channel, h.slug, c.state, c.turn, c.taken_by, c.created_on, c.changed_on, c.due_on,
	c.due_hour, c.next_hour, c.pace, c.public, c.slot,
	c.pepper, c.shred, c.withdrawn_on
FROM protect_case c JOIN protect_channel h ON h.id = c.channel WHERE c.id = ?1;

-- :one keep_case_found (found blob) -> id blob
SELECT id FROM protect_case WHERE found = ?1;

-- :one keep_slot_is_taken (shred i64) -> n i64
SELECT 1 FROM (SELECT shred FROM protect_case WHERE shred = ?1 UNION ALL SELECT shred FROM protect_slot WHERE shred = ?1
	UNION ALL SELECT shred FROM protect_ending WHERE shred = ?1) x LIMIT 1;

-- :one keep_slot_get (of blob, compartment i64) -> shred i64
SELECT shred FROM protect_slot WHERE of = ?1 AND compartment = ?2;

-- :exec keep_slot_add (of blob, compartment i64, shred i64)
INSERT INTO protect_slot (of, compartment, shred) VALUES (?1, ?2, ?3);

-- :exec keep_case_add (id blob, channel i64, day i64, due_on i64, pepper i64, found blob, public blob, slot blob,
--   shred i64)
INSERT INTO protect_case (id, channel, state, turn, created_on, changed_on, due_on, due_hour, pepper, found, public, slot,
	shred)
VALUES (?1, ?2, 1, 1, ?3, ?3, ?4, (?4 + 1) * 24, ?5, ?6, ?7, ?8, ?9);

-- :exec keep_wrap_add (of blob, compartment i64, epoch i64, role i64, account i64, wrap blob, public blob)
INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap, public) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- :one keep_epoch_now (of blob, compartment i64) -> epoch i64?
SELECT max(epoch) FROM protect_wrap WHERE of = ?1 AND compartment = ?2;

-- The newest epoch that a holder has.
-- :one keep_wrap_get (of blob, compartment i64, role i64, account i64) -> epoch i64, wrap blob
SELECT epoch, wrap FROM protect_wrap WHERE of = ?1 AND compartment = ?2 AND role = ?3 AND account = ?4
ORDER BY epoch DESC LIMIT 1;

-- :exec keep_object_add (id blob, of blob, compartment i64, epoch i64, field str, account i64, on_day i64, box blob)
INSERT INTO protect_object (id, of, n, compartment, epoch, field, account, on_day, box)
VALUES (?1, ?2, (SELECT coalesce(max(o.n), 0) + 1 FROM protect_object o WHERE o.of = ?2), ?3, ?4, ?5, ?6, ?7, ?8);

-- :many keep_objects (of blob, compartment i64, max i64)
--   -> id blob, epoch i64, field str, account i64, on_day i64, box blob
SELECT id, epoch, field, account, on_day, box FROM protect_object
WHERE of = ?1 AND compartment = ?2 ORDER BY n LIMIT ?3;

-- The reporter took it back.
-- :exec keep_case_empty (of blob)
DELETE FROM protect_object WHERE of = ?1;
-- :exec keep_case_unkey (of blob)
DELETE FROM protect_wrap WHERE of = ?1;

-- The card of a file.
-- :one keep_file_get (id blob, of blob) -> compartment i64, epoch i64, box blob
SELECT compartment, epoch, box FROM protect_object WHERE id = ?1 AND of = ?2 AND field = '/file';

-- :exec keep_case_take (id blob, account i64)
UPDATE protect_case SET state = 2, taken_by = ?2 WHERE id = ?1;

-- :exec keep_case_withdraw (id blob, day i64)
UPDATE protect_case SET withdrawn_on = ?2 WHERE id = ?1;

-- :exec keep_case_close (id blob, changed_on i64)
UPDATE protect_case SET state = 3, changed_on = ?2 WHERE id = ?1;

-- :exec keep_draft_put (id blob, box blob, until_day i64)
INSERT INTO protect_draft (id, box, until_day) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET box = excluded.box, until_day = excluded.until_day;

-- :one keep_draft_get (id blob, today i64) -> box blob
SELECT box FROM protect_draft WHERE id = ?1 AND until_day >= ?2;

-- :exec keep_draft_drop (id blob)
DELETE FROM protect_draft WHERE id = ?1;

-- :exec keep_draft_sweep (today i64)
DELETE FROM protect_draft WHERE until_day < ?1;

-- The newest text of a field, or the covered copy of it: what holds now.
-- :many keep_newest_object (of blob, compartment i64, name str, copy str)
--   -> id blob, epoch i64, field str, account i64, on_day i64, box blob
SELECT id, epoch, field, account, on_day, box FROM protect_object
WHERE of = ?1 AND compartment = ?2 AND (field = ?3 OR field = ?4) ORDER BY n DESC LIMIT 1;

-- :one keep_object_get (id blob, of blob, compartment i64)
--   -> id blob, epoch i64, field str, account i64, on_day i64, box blob
SELECT id, epoch, field, account, on_day, box FROM protect_object WHERE id = ?1 AND of = ?2 AND compartment = ?3;
