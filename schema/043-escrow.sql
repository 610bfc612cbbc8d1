-- Keys of accounts for two of three officers, for whoever wants it so; and what officers asked for.

CREATE TABLE account_officer (
	place INTEGER PRIMARY KEY CHECK (place BETWEEN 1 AND 3),
	account INTEGER NOT NULL UNIQUE REFERENCES account(id)
) STRICT;

-- public: the key that is in it. one, two, three: the officers, in the order of their shares; keys: theirs, 32 bytes each.
CREATE TABLE account_escrow (
	account INTEGER PRIMARY KEY REFERENCES account(id),
	public BLOB NOT NULL,
	one INTEGER NOT NULL REFERENCES account(id),
	two INTEGER NOT NULL REFERENCES account(id),
	three INTEGER NOT NULL REFERENCES account(id),
	keys BLOB NOT NULL,
	slot BLOB NOT NULL,
	on_day INTEGER NOT NULL
) STRICT;

-- An officer asks; after two days two of them can open it. The holder is told, and can refuse.
CREATE TABLE account_escrow_ask (
	account INTEGER PRIMARY KEY REFERENCES account(id),
	asked_by INTEGER NOT NULL REFERENCES account(id),
	asked_at INTEGER NOT NULL
) STRICT;

-- Shares whose outer seal an officer took off; share: 0 to 2, also who did.
CREATE TABLE account_escrow_half (
	account INTEGER NOT NULL REFERENCES account(id),
	share INTEGER NOT NULL CHECK (share BETWEEN 0 AND 2),
	half BLOB NOT NULL,
	PRIMARY KEY (account, share)
) STRICT, WITHOUT ROWID;
