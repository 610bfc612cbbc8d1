-- Files that records come out of, on their way in (src/record/intake.h). state: 1 waits for its columns to be
-- named, 2 is looked through, 3 was looked through, 4 is brought in, 5 is in, 6 is taken back, 7 was taken
-- back. place: the last row that is done in this state. head: the hash of the names of its columns.
CREATE TABLE record_import (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	account INTEGER NOT NULL,
	lang TEXT NOT NULL,
	file TEXT NOT NULL,
	head TEXT NOT NULL,
	mapping TEXT NOT NULL,
	state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 7),
	place INTEGER NOT NULL,
	note TEXT NOT NULL, -- where the file could not be read any further, and why; "" it could
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX record_import_name ON record_import(name, id);
CREATE INDEX record_import_state ON record_import(state, id);
CREATE INDEX record_import_at ON record_import(at);

-- The file itself; gone when its records are in.
CREATE TABLE record_import_part (
	import INTEGER NOT NULL REFERENCES record_import(id),
	number INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;

-- What becomes of each row. verdict: 1 a new record, 2 a change, 3 nothing, 4 refused, 5 waits for a word to be
-- explained. fault and field say why (src/record/mapping.h). key: see record_source. body: the answers; was: those
-- before a change. version: of the record after it, by which one sees whether somebody has touched it since.
CREATE TABLE record_import_row (
	import INTEGER NOT NULL REFERENCES record_import(id),
	number INTEGER NOT NULL,
	line INTEGER NOT NULL,
	verdict INTEGER NOT NULL CHECK (verdict BETWEEN 1 AND 5),
	fault INTEGER NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	key TEXT NOT NULL,
	uid TEXT NOT NULL,
	body TEXT NOT NULL,
	was TEXT NOT NULL,
	version INTEGER NOT NULL,
	is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)),
	PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_import_row_verdict ON record_import_row(import, verdict, number);
CREATE INDEX record_import_row_key ON record_import_row(import, key);
CREATE INDEX record_import_row_done ON record_import_row(import, is_done, number);

-- Words of a file that nobody has explained yet, and in how many rows they stand.
CREATE TABLE record_import_ask (
	import INTEGER NOT NULL REFERENCES record_import(id),
	field TEXT NOT NULL,
	word TEXT NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (import, field, word)
) STRICT, WITHOUT ROWID;
-- What somebody said that a word means, for all later files. val: a choice or a country; "": it is left out.
CREATE TABLE record_import_word (
	name TEXT NOT NULL,
	field TEXT NOT NULL,
	word TEXT NOT NULL,
	val TEXT NOT NULL,
	PRIMARY KEY (name, field, word)
) STRICT, WITHOUT ROWID;
-- How the columns of such a file were named the last time.
CREATE TABLE record_import_map (
	name TEXT NOT NULL,
	head TEXT NOT NULL,
	mapping TEXT NOT NULL,
	PRIMARY KEY (name, head)
) STRICT, WITHOUT ROWID;

-- Which record a row of a file became. key: a hash of what tells it from others there.
CREATE TABLE record_source (
	name TEXT NOT NULL,
	key TEXT NOT NULL,
	record INTEGER NOT NULL REFERENCES record(id),
	PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_source_record ON record_source(record);

-- Records that are gone as a whole, with their chain. why: 1 an import was taken back, 2 kept long enough.
CREATE TABLE record_gone (
	record INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	ref TEXT NOT NULL,
	why INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX record_gone_name ON record_gone(name, at);
CREATE INDEX record_draft_record ON record_draft(record) WHERE record IS NOT NULL;
