-- An ask that was public and was taken back: its number and its place stay, with the reason.
CREATE TABLE ask_withdrawn (
	ask INTEGER PRIMARY KEY REFERENCES ask(item),
	reason TEXT NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
