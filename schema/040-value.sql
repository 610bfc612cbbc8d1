-- Values of indicators by country and year. source: a record of the form indicator_source, and gone with it. val: as it
-- was given: a decimal number with a point, or a word such as "A".
CREATE TABLE monitor_value (
	source INTEGER NOT NULL,
	country TEXT NOT NULL,
	year INTEGER NOT NULL,
	val TEXT NOT NULL,
	nature TEXT NOT NULL,
	note TEXT NOT NULL,
	is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
	PRIMARY KEY (source, country, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_value_country ON monitor_value(country, source, year);
-- Files of values that somebody looks at before they are kept; at most a day old.
CREATE TABLE monitor_sheet (
	uid TEXT PRIMARY KEY NOT NULL,
	source INTEGER NOT NULL,
	account INTEGER NOT NULL,
	file TEXT NOT NULL,
	text TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_sheet_at ON monitor_sheet(at);
CREATE INDEX monitor_sheet_source ON monitor_sheet(source);
