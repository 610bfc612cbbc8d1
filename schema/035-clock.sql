-- When something about a case is due, and how well the promises were kept. Hours since 1970, never minutes.

-- When an office works: from and to which hour UTC, on which days (bit 0: Monday); what one case may get in support, and
-- of which money.
ALTER TABLE protect_channel ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE protect_channel ADD COLUMN closes INTEGER NOT NULL DEFAULT 24;
ALTER TABLE protect_channel ADD COLUMN days INTEGER NOT NULL DEFAULT 127;
ALTER TABLE protect_channel ADD COLUMN ceiling INTEGER NOT NULL DEFAULT 0;
ALTER TABLE protect_channel ADD COLUMN money TEXT NOT NULL DEFAULT 'EUR';

-- pace: how fast a reply is promised: 1 two hours, 2 a day, 3 as the channel says. due_hour: by when (due_on is its day).
-- next_hour: what the handlers set themselves; 0: nothing. ask_hour: not before this is another of them asked.
ALTER TABLE protect_case ADD COLUMN pace INTEGER NOT NULL DEFAULT 3;
ALTER TABLE protect_case ADD COLUMN due_hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE protect_case ADD COLUMN next_hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE protect_case ADD COLUMN ask_hour INTEGER NOT NULL DEFAULT 0;
UPDATE protect_case SET due_hour = (due_on + 1) * 24;
CREATE INDEX protect_case_due ON protect_case(due_hour) WHERE state < 3;
CREATE INDEX protect_case_next ON protect_case(next_hour) WHERE state < 3 AND next_hour > 0;

-- Promises of a quarter (year * 4 + 0 to 3). kind: 1 first reply, 2 news, 3 closed within three months.
CREATE TABLE protect_promise (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	quarter INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
	kept INTEGER NOT NULL,
	late INTEGER NOT NULL,
	PRIMARY KEY (channel, quarter, kind)
) STRICT, WITHOUT ROWID;
