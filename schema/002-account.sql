-- Who may sign in. Nothing here says when or from where somebody did.
CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	name_key TEXT NOT NULL UNIQUE, -- case-folded: what makes two names the same
	name TEXT NOT NULL CHECK (length(name) <= 40),
	password TEXT NOT NULL, -- Argon2id text, keyed by the server; empty: cannot sign in
	second_step BLOB, -- the app's secret, locked under a key of the server; NULL: none
	second_step_used INTEGER NOT NULL, -- the newest half minute whose code was taken
	epoch INTEGER NOT NULL, -- one more ends all sessions
	is_disabled INTEGER NOT NULL CHECK (is_disabled IN (0, 1)),
	created_at INTEGER NOT NULL -- the day
) STRICT;

-- What an account may do in one space; space 0 is the whole site. A set of enum role.
CREATE TABLE account_role (
	account INTEGER NOT NULL REFERENCES account(id),
	space INTEGER NOT NULL,
	roles INTEGER NOT NULL CHECK (roles > 0),
	PRIMARY KEY (account, space)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_role_space ON account_role(space, account);

-- Links that work once. With an account they give it a new password, else they make one.
CREATE TABLE account_invite (
	id INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE,
	account INTEGER REFERENCES account(id),
	space INTEGER NOT NULL,
	roles INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_by INTEGER REFERENCES account(id)
) STRICT;
CREATE INDEX account_invite_open ON account_invite(expires_at);

-- Codes on paper, each good once: used ones are deleted.
CREATE TABLE account_recovery (
	account INTEGER NOT NULL REFERENCES account(id),
	hash BLOB NOT NULL,
	PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- The code that was printed at the first start. One row or none.
CREATE TABLE account_setup_code (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	hash BLOB NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT;
