-- The picture: what is counted of records, made from them (baraza reindex makes it anew). Months are
-- the UTC second at which they begin.

-- What each public incident adds to monitor_tally: acts and groups are names parted by blanks.
CREATE TABLE monitor_public (
	record INTEGER PRIMARY KEY,
	country TEXT NOT NULL,
	month INTEGER NOT NULL,
	acts TEXT NOT NULL,
	groups TEXT NOT NULL
) STRICT;
-- Public incidents by act and group of people; "" is all of them together, so that an incident with
-- two acts is one.
CREATE TABLE monitor_tally (
	act TEXT NOT NULL,
	grp TEXT NOT NULL,
	country TEXT NOT NULL,
	month INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (act, grp, country, month)
) STRICT, WITHOUT ROWID;

-- People and acts of incidents that are verified and public: one row for each row of victims and act.
-- grp and actor: "several" where there are more than one; "" where none is said. sex and age: "" the same.
CREATE TABLE monitor_unit (
	incident INTEGER NOT NULL,
	victim INTEGER NOT NULL,
	act TEXT NOT NULL,
	country TEXT NOT NULL,
	year INTEGER NOT NULL,
	grp TEXT NOT NULL,
	sex TEXT NOT NULL,
	age TEXT NOT NULL,
	actor TEXT NOT NULL,
	persons INTEGER NOT NULL,
	PRIMARY KEY (incident, victim, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_unit_year ON monitor_unit(year, country);
