-- owns record_grant record_entry reads record record_cell record_tally record_link search_record

-- What there is, in numbers: a half-done thing shows.
-- :one scan "a handful of rows" state_now () -> records i64, versions i64, lines i64, cells i64, tallies i64, links i64
SELECT (SELECT count(*) FROM record), (SELECT coalesce(sum(version), 0) FROM record), (SELECT count(*) FROM record_entry),
(SELECT count(*) FROM record_cell), (SELECT coalesce(sum(n * field), 0) FROM record_tally), (SELECT count(*) FROM record_link);

-- :one state_of (uid str) -> state str, version i64, body str, ref str
SELECT state, version, body, ref FROM record WHERE uid = ?1;

-- :one scan "a handful of rows" state_public () -> uid str, body str
SELECT uid, body FROM record WHERE name = 'incident_public' ORDER BY id LIMIT 1;

-- :exec state_grant (name str, role str, account i64)
INSERT INTO record_grant (name, role, account) VALUES (?1, ?2, ?3);

-- :exec state_forge (record i64, number i64)
UPDATE record_entry SET words = 'forged' WHERE record = ?1 AND number = ?2;

-- :exec state_tear (record i64)
DELETE FROM record_entry WHERE record = ?1;

-- A line like the last one, behind it.
-- :exec state_append (record i64)
INSERT INTO record_entry (record, number, at, account, participant, kind, move, state_from, state_to, lang, words, fields, body, mark)
SELECT record, number + 1, at, account, participant, kind, move, state_from, state_to, lang, 'forged', fields, body, mark
FROM record_entry WHERE record = ?1 ORDER BY number DESC LIMIT 1;
