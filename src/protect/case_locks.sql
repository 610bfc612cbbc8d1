-- owns protect_ reads account account_key

-- :one locks_has (of blob, compartment i64, role i64, account i64) -> epoch i64
SELECT w.epoch FROM protect_wrap w WHERE w.of = ?1 AND w.compartment = ?2 AND w.role = ?3 AND w.account = ?4
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = ?4)
ORDER BY w.epoch DESC LIMIT 1;

-- Somebody who is kept out still has a key of these compartments.
-- :one locks_due_one (of blob, first i64, second i64, third i64) -> n i64
SELECT 1 FROM protect_shut s JOIN protect_wrap w ON w.of = s.of AND w.account = s.account
WHERE s.of = ?1 AND w.compartment IN (?2, ?3, ?4) LIMIT 1;

-- Whoever has a wrap of the newest epoch, with the key that it was made for and the one that they have now.
-- :many locks_wraps (of blob, compartment i64)
--   -> epoch i64, role i64, account i64, name str?, is_off i64?, was blob?, now blob?, shut i64?
SELECT w.epoch, w.role, w.account, a.name, a.is_disabled, w.public, k.public, s.why
FROM protect_wrap w LEFT JOIN account a ON a.id = w.account LEFT JOIN account_key k ON k.account = w.account
LEFT JOIN protect_shut s ON s.of = w.of AND s.account = w.account
WHERE w.of = ?1 AND w.compartment = ?2
	AND w.epoch = (SELECT max(e.epoch) FROM protect_wrap e WHERE e.of = ?1 AND e.compartment = ?2)
ORDER BY w.role, w.account;

-- :many scan "a few dozen people" locks_free (of blob, channel i64)
--   -> account i64, name str, channel str, public blob
SELECT a.id, a.name, min(c.slug), k.public
FROM protect_holder h JOIN protect_channel c ON c.id = h.channel JOIN account a ON a.id = h.account
JOIN account_key k ON k.account = h.account
WHERE h.role = 2 AND a.is_disabled = 0 AND a.second_step IS NOT NULL AND k.recovery IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = h.account AND s.why = 3)
	AND NOT EXISTS (SELECT 1 FROM protect_holder o WHERE o.channel = ?2 AND o.account = h.account AND o.role <> 2)
	AND NOT EXISTS (SELECT 1 FROM protect_wrap w WHERE w.of = ?1 AND w.account = h.account AND (w.role <> 2
		OR NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = h.account)))
GROUP BY a.id, a.name, k.public ORDER BY a.name, a.id;

-- Case workers to whom a custodian gave the name.
-- :many locks_named (of blob) -> account i64, name str
SELECT w.account, a.name FROM protect_wrap w JOIN account a ON a.id = w.account
WHERE w.of = ?1 AND w.compartment = 2 AND w.role = 2 ORDER BY a.name, a.id;

-- :exec locks_named_drop (of blob)
DELETE FROM protect_wrap WHERE of = ?1 AND compartment = 2 AND role = 2;

-- :exec locks_shut_put (of blob, account i64, why i64, on_day i64)
INSERT INTO protect_shut (of, account, why, on_day) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (of, account) DO UPDATE SET why = CASE WHEN protect_shut.why = 3 THEN 3 ELSE excluded.why END,
	on_day = excluded.on_day;

-- :exec locks_shut_drop (of blob, account i64)
DELETE FROM protect_shut WHERE of = ?1 AND account = ?2 AND why < 3;

-- :exec locks_wraps_drop (of blob, compartment i64, epoch i64)
DELETE FROM protect_wrap WHERE of = ?1 AND compartment = ?2 AND epoch <= ?3;

-- :exec locks_wraps_drop_of (of blob, account i64)
DELETE FROM protect_wrap WHERE of = ?1 AND account = ?2 AND role = 2;

-- A page of texts at a time, in their order.
-- :many locks_texts (of blob, compartment i64, after i64, max i64) -> id blob, n i64, epoch i64, field str, box blob
SELECT id, n, epoch, field, box FROM protect_object WHERE of = ?1 AND compartment = ?2 AND n > ?3 ORDER BY n LIMIT ?4;

-- :exec locks_text_put (id blob, epoch i64, box blob)
UPDATE protect_object SET epoch = ?2, box = ?3 WHERE id = ?1;

-- :exec locks_part_slot_put (of blob, compartment i64, shred i64)
INSERT INTO protect_slot (of, compartment, shred) VALUES (?1, ?2, ?3)
ON CONFLICT (of, compartment) DO UPDATE SET shred = excluded.shred;

-- Who keeps names or payments in a channel, could be given keys of a case, and has none of it.
-- :many locks_lack (of blob, channel i64, role i64) -> account i64, public blob
SELECT h.account, k.public FROM protect_holder h JOIN account a ON a.id = h.account
JOIN account_key k ON k.account = h.account
WHERE h.channel = ?2 AND h.role = ?3 AND a.is_disabled = 0 AND a.second_step IS NOT NULL AND k.recovery IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM protect_wrap w WHERE w.of = ?1 AND w.account = h.account)
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = h.account AND s.why = 3)
ORDER BY h.account;

-- Who keeps payments of a case, and cannot read orders for them.
-- :many locks_orderless (of blob) -> account i64, public blob
SELECT f.account, k.public FROM protect_wrap f JOIN account_key k ON k.account = f.account
WHERE f.of = ?1 AND f.compartment = 4 AND f.role = 4
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = ?1 AND s.account = f.account)
	AND NOT EXISTS (SELECT 1 FROM protect_wrap w WHERE w.of = ?1 AND w.compartment = 5 AND w.account = f.account)
ORDER BY f.account;

-- :exec locks_slot_set (of blob, shred i64)
UPDATE protect_case SET shred = ?2 WHERE id = ?1;

-- Names and payments of an older case lie under its first slot, too.
-- :one locks_slot_is_shared (of blob) -> n i64
SELECT count(*) FROM protect_slot WHERE of = ?1;

-- :exec locks_ending_add (shred i64)
INSERT INTO protect_ending (shred) VALUES (?1) ON CONFLICT (shred) DO NOTHING;

-- :many scan "a few at most, until they are done" locks_endings (max i64) -> shred i64
SELECT shred FROM protect_ending ORDER BY shred LIMIT ?1;

-- :exec locks_ending_drop (shred i64)
DELETE FROM protect_ending WHERE shred = ?1;
