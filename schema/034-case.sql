-- The desk of reports: who holds what in a channel, by which slots a case dies, who is kept out, what was done.

-- role: 2 handler, 3 custodian, 4 fund officer (enum vault_role); 6 reads what was done, and holds no key.
CREATE TABLE protect_holder_2 (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	role INTEGER NOT NULL CHECK (role IN (2, 3, 4, 6)),
	account INTEGER NOT NULL REFERENCES account(id),
	PRIMARY KEY (channel, role, account)
) STRICT, WITHOUT ROWID;
INSERT INTO protect_holder_2 (channel, role, account) SELECT channel, role, account FROM protect_holder;
DROP TABLE protect_holder;
ALTER TABLE protect_holder_2 RENAME TO protect_holder;
CREATE INDEX protect_holder_account ON protect_holder(account);

-- For which key a wrap was made, so that nobody comes in by another one. Of older wraps: not known.
ALTER TABLE protect_wrap ADD COLUMN public BLOB;

-- The slot of a compartment in the shred file, where it is not the one of its case (protect_case.shred): what handlers
-- hold can be locked anew without those who keep names and payments.
CREATE TABLE protect_slot (
	of BLOB NOT NULL REFERENCES protect_case(id),
	compartment INTEGER NOT NULL CHECK (compartment BETWEEN 1 AND 5),
	shred INTEGER NOT NULL UNIQUE,
	PRIMARY KEY (of, compartment)
) STRICT, WITHOUT ROWID;
-- Slots that nothing uses any more and that are zeroed as soon as that is on disk.
CREATE TABLE protect_ending (
	shred INTEGER PRIMARY KEY
) STRICT;

-- Who is kept out of a case. why: 1 left, 2 taken out, 3 the threat may come from them: never again. is_due: the locks were
-- not changed since.
CREATE TABLE protect_shut (
	of BLOB NOT NULL REFERENCES protect_case(id),
	account INTEGER NOT NULL REFERENCES account(id),
	why INTEGER NOT NULL CHECK (why IN (1, 2, 3)),
	on_day INTEGER NOT NULL,
	is_due INTEGER NOT NULL CHECK (is_due IN (0, 1)),
	PRIMARY KEY (of, account)
) STRICT, WITHOUT ROWID;

-- What was done with cases, one line behind the other (protect/case_log.h has the numbers and the mark); days, never
-- times. Stays when a case is destroyed. Never changed: store/ refuses it for names that begin so.
CREATE TABLE audit_case (
	number INTEGER PRIMARY KEY,
	on_day INTEGER NOT NULL,
	account INTEGER NOT NULL, -- 0: the house
	channel INTEGER NOT NULL,
	what INTEGER NOT NULL,
	of BLOB NOT NULL,
	ref INTEGER NOT NULL, -- an account; 0: none
	mark BLOB NOT NULL
) STRICT;
CREATE INDEX audit_case_of ON audit_case(of, number);
CREATE INDEX audit_case_channel ON audit_case(channel, number);
