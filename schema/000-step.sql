-- The steps that this database has taken. Run at every start, so it must admit being there.
CREATE TABLE IF NOT EXISTS schema_step (
	step INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;
