-- Payments: who may see their sums, what was paid, and that those who keep names and payments of cases can be kept out.

-- role: 2 handler, 3 custodian, 4 fund officer (enum vault_role); 6 reads what was done, 7 what was paid; these hold no key.
CREATE TABLE protect_holder_3 (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	role INTEGER NOT NULL CHECK (role IN (2, 3, 4, 6, 7)),
	account INTEGER NOT NULL REFERENCES account(id),
	PRIMARY KEY (channel, role, account)
) STRICT, WITHOUT ROWID;
INSERT INTO protect_holder_3 (channel, role, account) SELECT channel, role, account FROM protect_holder;
DROP TABLE protect_holder;
ALTER TABLE protect_holder_3 RENAME TO protect_holder;
CREATE INDEX protect_holder_account ON protect_holder(account);

-- What was paid in a month (year * 12 + 0 to 11): sums, and nothing of a case.
CREATE TABLE protect_paid (
	channel INTEGER NOT NULL REFERENCES protect_channel(id),
	month INTEGER NOT NULL,
	money TEXT NOT NULL,
	n INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	PRIMARY KEY (channel, month, money)
) STRICT, WITHOUT ROWID;

-- Who kept names and keeps none any more was kept out by another row, which is gone: from now on by this one.
INSERT INTO protect_shut (of, account, why, on_day, is_due)
SELECT DISTINCT w.of, w.account, 2, 0, 1 FROM protect_wrap w
WHERE w.role IN (3, 4) AND NOT EXISTS (SELECT 1 FROM protect_holder h WHERE h.account = w.account AND h.role = w.role)
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of AND s.account = w.account);

-- Whether locks must be changed is seen by whether somebody who is kept out has a key.
ALTER TABLE protect_shut DROP COLUMN is_due;

-- The day on which its reporter took a case back; 0: never. Nobody but them comes to it from then on, and it is
-- destroyed a week later.
ALTER TABLE protect_case ADD COLUMN withdrawn_on INTEGER NOT NULL DEFAULT 0;
CREATE INDEX protect_case_withdrawn ON protect_case(withdrawn_on) WHERE withdrawn_on > 0;
