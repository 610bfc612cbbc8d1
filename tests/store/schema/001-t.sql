-- What the tests of the store keep.
CREATE TABLE t_user (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE t_note (
	id INTEGER PRIMARY KEY,
	author INTEGER NOT NULL REFERENCES t_user(id),
	body TEXT NOT NULL CHECK (length(body) <= 1000),
	about TEXT,
	raw BLOB,
	rank INTEGER
) STRICT;
CREATE INDEX t_note_user ON t_note(author, id);
CREATE TABLE audit_t (
	id INTEGER PRIMARY KEY,
	what TEXT NOT NULL
) STRICT;
