-- An account's key: its public half, and the secret one in slots that only the vault opens (docs/vault.md).
-- An account without a row has a password as before and gets its key when it signs in next.
CREATE TABLE account_key (
	account INTEGER PRIMARY KEY REFERENCES account(id),
	pepper INTEGER NOT NULL, -- which version of the vault's key went into the slots
	public BLOB NOT NULL UNIQUE,
	salt BLOB NOT NULL,
	verifier BLOB NOT NULL, -- recognises the password; opens nothing
	slot BLOB NOT NULL,
	recovery BLOB -- the slot of the code on paper; NULL: no code was kept yet
) STRICT;
