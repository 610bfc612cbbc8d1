-- owns item_clause

-- :exec clause_comment_add (item i64, version i64, quote str, wording str)
INSERT INTO item_clause (item, version, quote, wording) VALUES (?1, ?2, ?3, ?4);
