-- Records: what people fill in by a definition (docs/records.md). Times are UTC seconds.

-- Definitions as they were when a record was made with them. hash: of source, in hexadecimal.
CREATE TABLE record_form (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	hash TEXT NOT NULL UNIQUE,
	source TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

-- name: of the form; state: its name in the definition. body: the answers as JSON; all else about
-- them (record_cell, record_tally, search_record) is made from it. ord: the second by which
-- records are ordered. number: in its form and year, for the reference. version counts the
-- changes. Either account or participant made it; neither: the house.
CREATE TABLE record (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	form INTEGER NOT NULL REFERENCES record_form(id),
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	ref TEXT NOT NULL,
	state TEXT NOT NULL,
	account INTEGER,
	participant INTEGER,
	lang TEXT NOT NULL,
	ord INTEGER NOT NULL,
	version INTEGER NOT NULL,
	body TEXT NOT NULL,
	is_sample INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	UNIQUE (name, year, number)
) STRICT;
CREATE INDEX record_order ON record(name, ord, id);
CREATE INDEX record_account ON record(account, id) WHERE account IS NOT NULL;
CREATE INDEX record_participant ON record(participant, id) WHERE participant IS NOT NULL;

-- What was said and done about a record, one line behind the other; never changed. kind: 1 made,
-- 2 changed, 3 moved, 4 agreed to a move that needs two people, 5 message, 6 note. move: its
-- name. words: the message, note or reason; fields: names of what was changed; body: the hash of the
-- answers after it. mark: the hash of the mark before and of this line (record/chain.h).
CREATE TABLE record_entry (
	id INTEGER PRIMARY KEY,
	record INTEGER NOT NULL REFERENCES record(id),
	number INTEGER NOT NULL,
	at INTEGER NOT NULL,
	account INTEGER,
	participant INTEGER,
	kind INTEGER NOT NULL,
	move TEXT NOT NULL,
	state_from TEXT NOT NULL,
	state_to TEXT NOT NULL,
	lang TEXT NOT NULL,
	words TEXT NOT NULL,
	fields TEXT NOT NULL,
	body BLOB NOT NULL,
	mark BLOB NOT NULL,
	UNIQUE (record, number)
) STRICT;

-- Made from bodies: which records hold which value. nth: 0 for the first row of a record with that
-- value. A field has a number so that the index stays small; field "" is the state.
CREATE TABLE record_field (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	field TEXT NOT NULL,
	UNIQUE (name, field)
) STRICT;
CREATE TABLE record_cell (
	field INTEGER NOT NULL,
	val TEXT NOT NULL,
	ord INTEGER NOT NULL,
	record INTEGER NOT NULL,
	rep INTEGER NOT NULL,
	nth INTEGER NOT NULL,
	PRIMARY KEY (field, val, ord, record, rep)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_cell_record ON record_cell(record, field, val);
-- How many records in a state hold a value.
CREATE TABLE record_tally (
	field INTEGER NOT NULL,
	val TEXT NOT NULL,
	state TEXT NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (field, val, state)
) STRICT, WITHOUT ROWID;
-- Who has which role of a definition's table access. until: NULL: for as long as it is not taken.
CREATE TABLE record_grant (
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	account INTEGER NOT NULL REFERENCES account(id),
	until INTEGER,
	PRIMARY KEY (account, name, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_grant_name ON record_grant(name, role);

-- kind: 1 derived from.
CREATE TABLE record_link (
	from_record INTEGER NOT NULL REFERENCES record(id),
	to_record INTEGER NOT NULL REFERENCES record(id),
	kind INTEGER NOT NULL,
	PRIMARY KEY (from_record, to_record, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_link_to ON record_link(to_record);

-- What is being filled in. record: that it will change, and base, its answers when that began.
CREATE TABLE record_draft (
	uid TEXT PRIMARY KEY NOT NULL,
	form INTEGER NOT NULL REFERENCES record_form(id),
	account INTEGER,
	participant INTEGER,
	record INTEGER REFERENCES record(id),
	version INTEGER NOT NULL,
	base TEXT NOT NULL,
	body TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_draft_at ON record_draft(at);
CREATE INDEX record_draft_account ON record_draft(account);
CREATE INDEX record_draft_participant ON record_draft(participant);
