-- Files of records. hash: BLAKE2b of what it holds, 64 hexadecimal digits: its name in the folder "blobs" beside the
-- database. holder: the uid of the record or draft whose answers name it; a new draft's uid becomes its record's.
CREATE TABLE record_blob (
	holder TEXT NOT NULL,
	hash TEXT NOT NULL,
	size INTEGER NOT NULL,
	PRIMARY KEY (holder, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_blob_hash ON record_blob(hash);
