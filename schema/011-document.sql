-- Documents of numbered clauses: closing summary, draft law, joint plan, minutes. A clause is an item
-- of kind 7 that lives through all versions; its words are item_text and item_past.

-- kind: 1 closing summary, 2 draft law, 3 joint plan, 4 minutes. version: the newest that is public,
-- 0: none. edits: one more with every change of the draft.
CREATE TABLE document (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	space INTEGER NOT NULL REFERENCES space(id),
	number INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
	lang TEXT NOT NULL,
	version INTEGER NOT NULL,
	edits INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	UNIQUE (space, number)
) STRICT;
CREATE TABLE document_text (
	document INTEGER NOT NULL REFERENCES document(id),
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	lead TEXT NOT NULL,
	PRIMARY KEY (document, lang)
) STRICT, WITHOUT ROWID;

-- The next version while it is written: Markdown, one row a language.
CREATE TABLE document_draft (
	document INTEGER NOT NULL REFERENCES document(id),
	lang TEXT NOT NULL,
	body TEXT NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (document, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_version (
	document INTEGER NOT NULL REFERENCES document(id),
	version INTEGER NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (document, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE document_clause (
	document INTEGER NOT NULL REFERENCES document(id),
	version INTEGER NOT NULL,
	ord INTEGER NOT NULL,
	item INTEGER NOT NULL REFERENCES item(id),
	PRIMARY KEY (document, version, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_clause_item ON document_clause(item, version);
-- Which wording of a clause, in each language, a version of the document has.
CREATE TABLE document_words (
	document INTEGER NOT NULL REFERENCES document(id),
	version INTEGER NOT NULL,
	item INTEGER NOT NULL REFERENCES item(id),
	lang TEXT NOT NULL,
	wording INTEGER NOT NULL, -- item_text.version
	PRIMARY KEY (document, version, item, lang)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_words_item ON document_words(item);

-- What a comment on a clause (an item of kind 2 below it) says besides its text; its author's words, gone
-- with them. version: of the document, when it was written.
CREATE TABLE item_clause (
	item INTEGER PRIMARY KEY REFERENCES item(id),
	version INTEGER NOT NULL,
	quote TEXT NOT NULL,
	wording TEXT NOT NULL -- the whole clause as its author would have it; '': none proposed
) STRICT;

-- What became of a comment; the newest counts. verdict: 1 adopted, 2 in part, 3 not.
CREATE TABLE disposition (
	id INTEGER PRIMARY KEY,
	document INTEGER NOT NULL REFERENCES document(id),
	comment INTEGER NOT NULL REFERENCES item(id),
	verdict INTEGER NOT NULL CHECK (verdict BETWEEN 1 AND 3),
	lang TEXT NOT NULL,
	reason TEXT NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX disposition_comment ON disposition(comment, id);
CREATE INDEX disposition_document ON disposition(document);
