-- What devices send in (docs/user/collect.md). Times are UTC seconds.

-- A device's way in: hash of the secret in its address. name: what its owner calls it. Ended ones go.
CREATE TABLE openrosa_key (
	id INTEGER PRIMARY KEY,
	hash TEXT NOT NULL UNIQUE,
	account INTEGER NOT NULL REFERENCES account(id),
	name TEXT NOT NULL,
	made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX openrosa_key_account ON openrosa_key(account);

-- What was taken, by its own number (instance), so that the same thing sent again changes nothing. name: of the form. hash: of its
-- XML; body: of the answers that it left; both in hexadecimal. record: its uid. aside: what the form did not ask, as JSON [["what/name",
-- "value"]]; '' for nothing. is_replaced: the device sent a later one in its place.
CREATE TABLE openrosa_sent (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	instance TEXT NOT NULL,
	hash TEXT NOT NULL,
	record TEXT NOT NULL,
	body TEXT NOT NULL,
	aside TEXT NOT NULL,
	is_replaced INTEGER NOT NULL CHECK (is_replaced IN (0, 1)),
	UNIQUE (name, instance)
) STRICT;
CREATE INDEX openrosa_sent_record ON openrosa_sent(record);
