-- An account of somebody who takes part: whose secret codes it holds. Such an account has no role.
-- (participant.account, which had room for one code only, is not used.)
CREATE TABLE account_held (
	participant INTEGER PRIMARY KEY REFERENCES participant(id),
	account INTEGER NOT NULL REFERENCES account(id)
) STRICT;
CREATE INDEX account_held_account ON account_held(account, participant);
