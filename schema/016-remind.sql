-- How far an address was reminded of an ask that waits (notify_follow.kind 6: an account's asks; ref is the
-- account). step: see src/notify/remind.h; another due day begins anew.
CREATE TABLE notify_reminded (
	follow INTEGER NOT NULL REFERENCES notify_follow(id),
	ask INTEGER NOT NULL REFERENCES ask(item),
	due_at INTEGER NOT NULL,
	step INTEGER NOT NULL,
	PRIMARY KEY (follow, ask)
) STRICT, WITHOUT ROWID;
CREATE INDEX notify_reminded_ask ON notify_reminded(ask);
CREATE INDEX notify_follow_ref ON notify_follow(kind, ref);
