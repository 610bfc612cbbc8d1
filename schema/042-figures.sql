-- What closed cases come to, of those whose reporter lets themselves be counted: a sum for each answer of a list, nothing
-- of a case. year: that in which the twelve months began (1 May to 30 April). field and code as in the form; field '':
-- all cases; 'quarter' and 'outcome' are no questions; code '': not answered.
CREATE TABLE protect_coded (
	year INTEGER NOT NULL,
	form TEXT NOT NULL,
	field TEXT NOT NULL,
	code TEXT NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (year, form, field, code)
) STRICT, WITHOUT ROWID;

-- Figures that one person offers and another one lets everybody see. mark: hash of what both saw. released_on 0: not yet.
CREATE TABLE protect_release (
	year INTEGER PRIMARY KEY,
	mark BLOB NOT NULL,
	offered_by INTEGER NOT NULL REFERENCES account(id),
	offered_on INTEGER NOT NULL,
	released_by INTEGER REFERENCES account(id),
	released_on INTEGER NOT NULL,
	CHECK (released_by IS NULL OR released_by <> offered_by)
) STRICT;
