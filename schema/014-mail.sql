-- Letters that wait to be sent: whom to and what is locked under a key of the server. A letter that was
-- sent is gone. tries: how often the mail server refused this one.
CREATE TABLE notify_mail (
	id INTEGER PRIMARY KEY,
	box BLOB NOT NULL,
	tries INTEGER NOT NULL,
	next_at INTEGER NOT NULL, -- not before; while it is being sent, when it counts as not sent
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX notify_mail_next ON notify_mail(next_at, id);
