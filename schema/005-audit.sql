-- What was done, one line behind the other; never changed, never taken away (store/ refuses both).
-- mark: the hash of the mark before and of this line; see account/audit.h for it and for what.
CREATE TABLE audit_line (
	number INTEGER PRIMARY KEY, -- 1, 2, 3 … without gaps
	at INTEGER NOT NULL, -- never before the line above
	account INTEGER NOT NULL, -- 0: the house, or nobody known
	what INTEGER NOT NULL,
	space INTEGER NOT NULL, -- 0: the whole site
	ref INTEGER NOT NULL, -- an item's number or an account; 0: none
	n INTEGER NOT NULL, -- how many; 0: does not apply
	is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
	mark BLOB NOT NULL
) STRICT;
CREATE INDEX audit_line_at ON audit_line(at, number);
