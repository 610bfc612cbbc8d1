-- Files of records. hash: BLAKE2b of what it holds, 64 hexadecimal digits: its name in the folder "blobs" beside the
-- database. holder: the uid of the record or draft whose answers name it; a new draft's uid becomes its record's.
CREATE TABLE record_blob (
	holder TEXT NOT NULL,
	hash TEXT NOT NULL,
	size INTEGER NOT NULL,
	PRIMARY KEY (holder, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_blob_hash ON record_blob(hash);

-- A field of a form had another name in an earlier version; records of that version are found by its number, too.
CREATE TABLE record_field_was (
	name TEXT NOT NULL,
	was TEXT NOT NULL,
	field TEXT NOT NULL,
	PRIMARY KEY (name, was)
) STRICT, WITHOUT ROWID;
