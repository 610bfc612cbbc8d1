-- Who is told by mail, and of what. The address is locked under a key of the server; deleting it deletes
-- this row, and all that hangs on it. rhythm: 1 at once, 2 daily, 3 weekly.
CREATE TABLE notify_reader (
	id INTEGER PRIMARY KEY,
	address_key BLOB NOT NULL UNIQUE, -- keyed hash: what makes two addresses the same
	address BLOB NOT NULL,
	lang TEXT NOT NULL,
	rhythm INTEGER NOT NULL CHECK (rhythm BETWEEN 1 AND 3),
	secret BLOB NOT NULL, -- the links in letters are made of it and of the server's key
	seen INTEGER NOT NULL, -- the newest of notify_news that was told
	next_at INTEGER NOT NULL, -- no digest before
	asked_on INTEGER NOT NULL, -- a day …
	asked INTEGER NOT NULL -- … and how many letters asked that day for a yes
) STRICT;
CREATE INDEX notify_reader_next ON notify_reader(next_at, id);

-- kind: 1 space, 2 theme, 3 country, 4 ask, 5 who is asked; ref is its id, country its two letters. Nothing is
-- sent before the address said yes (is_confirmed).
CREATE TABLE notify_follow (
	id INTEGER PRIMARY KEY,
	reader INTEGER NOT NULL REFERENCES notify_reader(id),
	kind INTEGER NOT NULL,
	ref INTEGER NOT NULL,
	country TEXT NOT NULL,
	rhythm INTEGER NOT NULL CHECK (rhythm BETWEEN 1 AND 3),
	is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
	at INTEGER NOT NULL, -- the day
	UNIQUE (reader, kind, ref, country)
) STRICT;
CREATE INDEX notify_follow_waits ON notify_follow(is_confirmed, at);

-- Asks and answers in the order in which they became public.
CREATE TABLE notify_news (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX notify_news_item ON notify_news(item);
CREATE INDEX notify_news_at ON notify_news(at, id);
ALTER TABLE notify_mail ADD COLUMN reader INTEGER REFERENCES notify_reader(id);
CREATE INDEX notify_mail_reader ON notify_mail(reader);
