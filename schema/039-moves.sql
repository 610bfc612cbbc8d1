-- Moves of records that somebody is to be told of by mail, in the transaction that moved them; gone once
-- the letter is written. notify_follow.kind 7: a record that whoever may follow it follows, 8: what is moved for the
-- roles of an account (ref), 9: a record whose author follows it. move: its name in the definition.
CREATE TABLE notify_move (
	id INTEGER PRIMARY KEY,
	follow INTEGER NOT NULL REFERENCES notify_follow(id),
	record INTEGER NOT NULL,
	move TEXT NOT NULL,
	due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notify_move_due ON notify_move(due_at);
CREATE INDEX notify_move_follow ON notify_move(follow, record, id);
CREATE INDEX notify_move_record ON notify_move(record);
