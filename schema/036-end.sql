-- How cases ended: counted, without anything of the case; only of those whose reporter lets themselves be counted.
-- year: that in which the twelve months began (1 May to 30 April). form: the kind of report.
CREATE TABLE protect_ended (
	year INTEGER NOT NULL,
	form TEXT NOT NULL,
	outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 6),
	n INTEGER NOT NULL,
	PRIMARY KEY (year, form, outcome)
) STRICT, WITHOUT ROWID;
-- A case is counted once, however often it is closed.
ALTER TABLE protect_case ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 0;

-- Bodies that a referral may go to, and what each takes. public: for which packages are locked; '' none was checked.
CREATE TABLE protect_mechanism (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	mandate TEXT NOT NULL,
	langs TEXT NOT NULL,
	takes TEXT NOT NULL,
	days INTEGER NOT NULL,
	is_unnamed INTEGER NOT NULL CHECK (is_unnamed IN (0, 1)),
	public TEXT NOT NULL,
	is_off INTEGER NOT NULL CHECK (is_off IN (0, 1))
) STRICT;
