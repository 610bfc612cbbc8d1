-- A consultation comes to its end: what people said is destroyed, what came of it stays.
-- keep_years: how long after it closed that is; NULL: as the house says, 0: never.
ALTER TABLE space ADD COLUMN keep_years INTEGER;

-- Its end, from the warning on. While begun_at is NULL it is only announced. looks: on how many days the house saw the warning
-- standing; the newest is looked_on. account: who deleted it by hand, 0: time did. The counts are of the moment in which it began.
CREATE TABLE space_end (
	space INTEGER PRIMARY KEY REFERENCES space(id),
	due_at INTEGER NOT NULL,
	warned_at INTEGER NOT NULL,
	looks INTEGER NOT NULL,
	looked_on INTEGER NOT NULL, -- a day
	begun_at INTEGER,
	done_at INTEGER,
	account INTEGER NOT NULL,
	people INTEGER NOT NULL,
	countries INTEGER NOT NULL,
	contributions INTEGER NOT NULL,
	replies INTEGER NOT NULL,
	statements INTEGER NOT NULL,
	votes INTEGER NOT NULL,
	answered INTEGER NOT NULL, -- contributions to questions, and those of them that no ask used: coverage
	unused INTEGER NOT NULL
) STRICT;
CREATE INDEX space_end_open ON space_end(space) WHERE begun_at IS NOT NULL AND done_at IS NULL;

-- What cannot be counted any more once the people are gone.
CREATE TABLE ask_kept (
	ask INTEGER PRIMARY KEY REFERENCES ask(item),
	people INTEGER NOT NULL,
	countries INTEGER NOT NULL,
	reflects INTEGER NOT NULL,
	does_not INTEGER NOT NULL
) STRICT;
-- Votes on a statement that an ask rests on. part: 0 everyone, 1 group A, 2 group B …
CREATE TABLE item_kept_vote (
	item INTEGER NOT NULL REFERENCES item(id),
	part INTEGER NOT NULL,
	agree INTEGER NOT NULL,
	disagree INTEGER NOT NULL,
	pass INTEGER NOT NULL,
	PRIMARY KEY (item, part)
) STRICT, WITHOUT ROWID;
