-- What the caretaker has set: one value for each name.
CREATE TABLE site_setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
