-- Filters of a list that somebody has named. query: as in the list's address, behind "?".
CREATE TABLE record_view (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	account INTEGER NOT NULL,
	title TEXT NOT NULL,
	query TEXT NOT NULL,
	is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
	at INTEGER NOT NULL,
	UNIQUE (name, account, title)
) STRICT;
CREATE INDEX record_view_shared ON record_view(name, is_shared, id);
