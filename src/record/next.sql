-- owns record_form_next reads account record_form

-- :exec next_add (uid str, name str, source str, ar str, zh str, fr str, ru str, es str, account i64, now i64)
INSERT INTO record_form_next (uid, name, source, ar, zh, fr, ru, es, account, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- :one next_by_uid (uid str) -> name str, source str, ar str, zh str, fr str, ru str, es str, account i64, at i64, person str
SELECT n.name, n.source, n.ar, n.zh, n.fr, n.ru, n.es, n.account, n.at, coalesce(a.name, '') FROM record_form_next n LEFT JOIN account a ON a.id = n.account WHERE n.uid = ?1;

-- :many scan "what waits for a second administrator" next_all () -> uid str, name str, at i64, person str
SELECT n.uid, n.name, n.at, coalesce(a.name, '') FROM record_form_next n LEFT JOIN account a ON a.id = n.account ORDER BY n.at DESC LIMIT 50;

-- :exec next_drop (uid str)
DELETE FROM record_form_next WHERE uid = ?1;

-- :one next_source (form i64) -> source str
SELECT source FROM record_form WHERE id = ?1;
