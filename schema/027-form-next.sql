-- Versions of definitions that wait for a second administrator. ar … es: their translations, as PO; "" for none.
CREATE TABLE record_form_next (
	uid TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	source TEXT NOT NULL,
	ar TEXT NOT NULL,
	zh TEXT NOT NULL,
	fr TEXT NOT NULL,
	ru TEXT NOT NULL,
	es TEXT NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_form_next_at ON record_form_next(at);

-- The version that new records are made with, where it is not the program's own.
CREATE TABLE record_form_live (
	name TEXT PRIMARY KEY NOT NULL,
	form INTEGER NOT NULL REFERENCES record_form(id),
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Translations that came with a version; where there are none, those of the program hold.
CREATE TABLE record_form_po (
	form INTEGER NOT NULL REFERENCES record_form(id),
	lang TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (form, lang)
) STRICT, WITHOUT ROWID;
