-- Spaces, what is said in them, and the votes. Times are UTC seconds, dates 00:00 UTC.
-- uid: 16 hexadecimal digits, drawn once; it stays the same when a space moves to another house.
-- lang: ar zh en fr ru es, or with the ending -easy for easy-read.

-- A consultation. state: 0 draft, 1 announced (its phases say what is open), 2 closed, 3 archived.
-- access: 0 everyone, 1 whoever has the link, 2 members. moderation: 0 pre, 1 post, 2 trusted.
CREATE TABLE space (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	slug TEXT NOT NULL UNIQUE,
	state INTEGER NOT NULL,
	access INTEGER NOT NULL,
	link_key TEXT NOT NULL,
	moderation INTEGER NOT NULL,
	lang TEXT NOT NULL,
	langs INTEGER NOT NULL,
	decided_at INTEGER,
	answer_due INTEGER,
	announced_at INTEGER,
	closed_at INTEGER,
	is_sample INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX space_state ON space(state, announced_at);

-- What a space says of itself: one row a language; the row in space.lang is the original.
CREATE TABLE space_text (
	space INTEGER NOT NULL REFERENCES space(id),
	lang TEXT NOT NULL,
	title TEXT NOT NULL,
	purpose TEXT NOT NULL,
	run_by TEXT NOT NULL,
	decider TEXT NOT NULL,
	feeds TEXT NOT NULL,
	notice_reason TEXT NOT NULL,
	PRIMARY KEY (space, lang)
) STRICT, WITHOUT ROWID;

-- actions: 1 read, 2 contribute, 4 reply, 8 vote, 16 propose statements, 32 reply to asks.
CREATE TABLE phase (
	id INTEGER PRIMARY KEY,
	space INTEGER NOT NULL REFERENCES space(id),
	ord INTEGER NOT NULL,
	starts INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	actions INTEGER NOT NULL
) STRICT;
CREATE INDEX phase_space ON phase(space, ord);
CREATE TABLE phase_text (
	phase INTEGER NOT NULL REFERENCES phase(id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (phase, lang)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
	id INTEGER PRIMARY KEY,
	space INTEGER NOT NULL REFERENCES space(id),
	ord INTEGER NOT NULL
) STRICT;
CREATE INDEX theme_space ON theme(space, ord);
CREATE TABLE theme_text (
	theme INTEGER NOT NULL REFERENCES theme(id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (theme, lang)
) STRICT, WITHOUT ROWID;

-- target: "16.7"
CREATE TABLE space_sdg (
	space INTEGER NOT NULL REFERENCES space(id),
	target TEXT NOT NULL,
	PRIMARY KEY (space, target)
) STRICT, WITHOUT ROWID;

-- Groups that people may say they belong to ("under 30"); only ever counted.
-- hoped: percent of the participants that the space hopes for.
CREATE TABLE crowd (
	id INTEGER PRIMARY KEY,
	space INTEGER NOT NULL REFERENCES space(id),
	ord INTEGER NOT NULL,
	hoped INTEGER
) STRICT;
CREATE INDEX crowd_space ON crowd(space, ord);
CREATE TABLE crowd_text (
	crowd INTEGER NOT NULL REFERENCES crowd(id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (crowd, lang)
) STRICT, WITHOUT ROWID;

-- Whom the space wants to hear: kind 0 country (alpha-2), 1 language; at least so many people.
CREATE TABLE space_target (
	space INTEGER NOT NULL REFERENCES space(id),
	kind INTEGER NOT NULL,
	value TEXT NOT NULL,
	least INTEGER NOT NULL,
	PRIMARY KEY (space, kind, value)
) STRICT, WITHOUT ROWID;

-- Whoever takes part. code_key: the secret code, hashed under the server's key.
CREATE TABLE participant (
	id INTEGER PRIMARY KEY,
	code_key BLOB NOT NULL UNIQUE,
	account INTEGER UNIQUE
) STRICT;

-- A participant's place in one space, numbered by arrival. alias '': unnamed; lang, country '':
-- not said.
CREATE TABLE seat (
	id INTEGER PRIMARY KEY,
	space INTEGER NOT NULL REFERENCES space(id),
	participant INTEGER NOT NULL REFERENCES participant(id),
	number INTEGER NOT NULL,
	alias TEXT NOT NULL,
	lang TEXT NOT NULL,
	country TEXT NOT NULL,
	is_trusted INTEGER NOT NULL,
	UNIQUE (space, participant),
	UNIQUE (space, number)
) STRICT;
CREATE INDEX seat_participant ON seat(participant);
CREATE INDEX seat_country ON seat(space, country);
CREATE TABLE seat_crowd (
	seat INTEGER NOT NULL REFERENCES seat(id),
	crowd INTEGER NOT NULL REFERENCES crowd(id),
	PRIMARY KEY (seat, crowd)
) STRICT, WITHOUT ROWID;
CREATE INDEX seat_crowd_crowd ON seat_crowd(crowd);

-- Who may enter a space for members only.
CREATE TABLE member (
	space INTEGER NOT NULL REFERENCES space(id),
	participant INTEGER NOT NULL REFERENCES participant(id),
	PRIMARY KEY (space, participant)
) STRICT, WITHOUT ROWID;
CREATE TABLE member_invite (
	token_key BLOB PRIMARY KEY NOT NULL,
	space INTEGER NOT NULL REFERENCES space(id),
	expires INTEGER NOT NULL,
	used_at INTEGER
) STRICT;
CREATE INDEX member_invite_space ON member_invite(space);

-- The one content table. kind: 1 question, 2 contribution, 3 reply, 4 statement.
-- status: 0 waiting, 1 published, 2 sent back, 3 hidden, 4 merged, 5 withdrawn.
-- number: within (space, kind), given when it is written. once: the form's own token; a form
-- sent twice is one item. Either seat or account wrote it.
CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	space INTEGER NOT NULL REFERENCES space(id),
	kind INTEGER NOT NULL,
	parent INTEGER REFERENCES item(id),
	number INTEGER NOT NULL,
	seat INTEGER REFERENCES seat(id),
	account INTEGER,
	lang TEXT NOT NULL,
	theme INTEGER REFERENCES theme(id),
	status INTEGER NOT NULL,
	is_seed INTEGER NOT NULL,
	is_meta INTEGER NOT NULL,
	useful INTEGER NOT NULL,
	merged_into INTEGER REFERENCES item(id),
	once TEXT UNIQUE,
	created_at INTEGER NOT NULL,
	published_at INTEGER,
	changed_at INTEGER NOT NULL,
	UNIQUE (space, kind, number)
) STRICT;
CREATE INDEX item_parent ON item(parent, status, id);
CREATE INDEX item_space ON item(space, kind, status, id);
CREATE INDEX item_seat ON item(seat);
CREATE INDEX item_queue ON item(space, status, created_at);
CREATE INDEX item_merged ON item(merged_into);
CREATE INDEX item_theme ON item(theme);

-- Current words, one row a language. origin: 0 author, 1 human translation, 2 machine,
-- 3 easy-read. version counts the wordings in that language; earlier ones are in item_past.
CREATE TABLE item_text (
	item INTEGER NOT NULL REFERENCES item(id),
	lang TEXT NOT NULL,
	version INTEGER NOT NULL,
	origin INTEGER NOT NULL,
	is_reviewed INTEGER NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	account INTEGER,
	at INTEGER NOT NULL,
	PRIMARY KEY (item, lang)
) STRICT, WITHOUT ROWID;
-- Translations that nobody but their maker has looked at.
CREATE INDEX item_text_unreviewed ON item_text(is_reviewed, item) WHERE is_reviewed = 0 AND origin <> 0;
CREATE TABLE item_past (
	item INTEGER NOT NULL REFERENCES item(id),
	lang TEXT NOT NULL,
	version INTEGER NOT NULL,
	origin INTEGER NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	account INTEGER,
	at INTEGER NOT NULL,
	PRIMARY KEY (item, lang, version)
) STRICT, WITHOUT ROWID;

-- Links between items; a protected record is not an item and cannot stand here.
-- relation: 1 cites, 2 supports, 3 opposes, 4 qualifies, 5 answers, 6 replaces, 7 merged into.
CREATE TABLE edge (
	id INTEGER PRIMARY KEY,
	from_item INTEGER NOT NULL REFERENCES item(id),
	to_item INTEGER NOT NULL REFERENCES item(id),
	relation INTEGER NOT NULL,
	quote TEXT NOT NULL,
	account INTEGER,
	at INTEGER NOT NULL,
	UNIQUE (from_item, to_item, relation)
) STRICT;
CREATE INDEX edge_to ON edge(to_item);

-- 1 agree, 0 pass, -1 disagree. at: the hour, not the second.
CREATE TABLE vote (
	space INTEGER NOT NULL REFERENCES space(id),
	seat INTEGER NOT NULL REFERENCES seat(id),
	item INTEGER NOT NULL REFERENCES item(id),
	value INTEGER NOT NULL CHECK (value BETWEEN -1 AND 1),
	at INTEGER NOT NULL,
	PRIMARY KEY (space, seat, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX vote_item ON vote(item, value);

CREATE TABLE useful (
	item INTEGER NOT NULL REFERENCES item(id),
	seat INTEGER NOT NULL REFERENCES seat(id),
	PRIMARY KEY (item, seat)
) STRICT, WITHOUT ROWID;
CREATE INDEX useful_seat ON useful(seat);

-- A reader's flag. reason: see participate/moderate.h.
CREATE TABLE flag (
	item INTEGER NOT NULL REFERENCES item(id),
	seat INTEGER NOT NULL REFERENCES seat(id),
	space INTEGER NOT NULL REFERENCES space(id),
	reason INTEGER NOT NULL,
	is_open INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (item, seat)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_open ON flag(space, is_open, item);

-- Every decision of a moderator; public but for the word to the author.
-- verdict: 1 let through, 2 sent back, 3 hidden, 4 merged, 5 moved, 6 flag put aside.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	space INTEGER NOT NULL REFERENCES space(id),
	item INTEGER NOT NULL REFERENCES item(id),
	account INTEGER NOT NULL,
	verdict INTEGER NOT NULL,
	reason INTEGER NOT NULL,
	word TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_space ON decision(space, id);
CREATE INDEX decision_item ON decision(item, id);
