-- Files that wait with a draft. A file of a case is an object of its own there: its card, in field "/file". The bodies
-- lie in the folder "files" beside the database, each under the name of its id; what no row knows is swept.
CREATE TABLE protect_file (
	id BLOB PRIMARY KEY,
	until_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_file_until ON protect_file(until_day);
