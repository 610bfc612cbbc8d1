-- Reports of people at risk. Whatever they say is sealed (docs/vault.md); beside it stand days, never times, and
-- ids drawn at random. What a seized disk shows of this is listed in docs/vault.md, "What is seen".

-- Where reports come in. Promised: a first reply and news after so many days; kept so long after the end.
CREATE TABLE protect_channel (
	id INTEGER PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	lang TEXT NOT NULL,
	is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
	first_days INTEGER NOT NULL CHECK (first_days BETWEEN 1 AND 30),
	news_days INTEGER NOT NULL CHECK (news_days BETWEEN 1 AND 90),
	keep_days INTEGER NOT NULL CHECK (keep_days BETWEEN 30 AND 3650)
) STRICT;
CREATE TABLE protect_channel_text (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	PRIMARY KEY (channel, lang)
) STRICT, WITHOUT ROWID;

-- Who holds what comes in there. role: 2 handler, 3 custodian (enum vault_role).
CREATE TABLE protect_holder (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	role INTEGER NOT NULL CHECK (role IN (2, 3)),
	account INTEGER NOT NULL REFERENCES account(id),
	PRIMARY KEY (channel, role, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_holder_account ON protect_holder(account);

-- state: 1 new, 2 taken, 3 closed. turn: who wrote last, 1 the reporter, 2 the handlers.
CREATE TABLE protect_case (
	id BLOB PRIMARY KEY,
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
	turn INTEGER NOT NULL CHECK (turn IN (1, 2)),
	taken_by INTEGER REFERENCES account(id),
	created_on INTEGER NOT NULL, -- these three are days
	changed_on INTEGER NOT NULL,
	due_on INTEGER NOT NULL,
	pepper INTEGER NOT NULL, -- which version of the vault's key went into what the receipt opens
	found BLOB NOT NULL UNIQUE, -- by which a receipt leads here
	public BLOB NOT NULL, -- the reporter's key …
	slot BLOB NOT NULL, -- … and its other half, which the receipt opens
	shred INTEGER NOT NULL UNIQUE -- which slot of the shred file
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_case_channel ON protect_case(channel, due_on);

-- Keys of compartments, each for one holder (docs/vault.md, "Keys of a case"). account: 0 for the reporter.
CREATE TABLE protect_wrap (
	of BLOB NOT NULL REFERENCES protect_case(id),
	compartment INTEGER NOT NULL CHECK (compartment BETWEEN 1 AND 5),
	epoch INTEGER NOT NULL CHECK (epoch > 0),
	role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 5),
	account INTEGER NOT NULL,
	wrap BLOB NOT NULL,
	PRIMARY KEY (of, compartment, epoch, role, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_wrap_account ON protect_wrap(account, role, of);

-- Sealed texts, in the order of their numbers. field is bound into the seal, and says who speaks.
CREATE TABLE protect_object (
	id BLOB PRIMARY KEY,
	of BLOB NOT NULL REFERENCES protect_case(id),
	n INTEGER NOT NULL,
	compartment INTEGER NOT NULL CHECK (compartment BETWEEN 1 AND 5),
	epoch INTEGER NOT NULL CHECK (epoch > 0),
	field TEXT NOT NULL,
	account INTEGER NOT NULL, -- who wrote it; 0 for the reporter
	on_day INTEGER NOT NULL,
	box BLOB NOT NULL,
	UNIQUE (of, n)
) STRICT, WITHOUT ROWID;

-- Reports that are being written, sealed under a key that only the visitor's cookie holds.
CREATE TABLE protect_draft (
	id BLOB PRIMARY KEY,
	box BLOB NOT NULL,
	until_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_draft_until ON protect_draft(until_day);
