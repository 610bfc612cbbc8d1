-- What came of what was said: the asks, who must answer, and the answers. An ask is an item of
-- kind 5, an answer one of kind 6 below it; their words are item_text, their evidence is edge.

-- Who is asked: an organisation or an office of one.
CREATE TABLE org (
	id INTEGER PRIMARY KEY,
	uid TEXT NOT NULL UNIQUE,
	slug TEXT NOT NULL UNIQUE,
	lang TEXT NOT NULL,
	country TEXT NOT NULL, -- '': of no one country
	is_sample INTEGER NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE org_text (
	org INTEGER NOT NULL REFERENCES org(id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	focal_point TEXT NOT NULL, -- who in there: a function, not a person's name
	PRIMARY KEY (org, lang)
) STRICT, WITHOUT ROWID;
-- Whose answers are the organisation's.
CREATE TABLE org_account (
	org INTEGER NOT NULL REFERENCES org(id),
	account INTEGER NOT NULL REFERENCES account(id),
	PRIMARY KEY (org, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX org_account_account ON org_account(account);

-- section.number ("2.6") is the ask's lasting name; a number is never given twice.
-- state: that of the newest answer; 0 none, 1 acknowledged, 2 accepted, 3 accepted in part,
-- 4 declined, 5 under way, 6 done. answered_at: of the first answer that is more than 1.
-- version: one more with every change of an editor's.
CREATE TABLE ask (
	item INTEGER PRIMARY KEY REFERENCES item(id),
	space INTEGER NOT NULL REFERENCES space(id),
	section INTEGER NOT NULL, -- number of a question, 0: none
	number INTEGER NOT NULL,
	org INTEGER REFERENCES org(id),
	asked_at INTEGER,
	due_at INTEGER,
	state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
	answered_at INTEGER,
	review_at INTEGER,
	reply_until INTEGER, -- those who are cited may say whether it reflects them
	version INTEGER NOT NULL,
	is_public INTEGER NOT NULL, -- as item.status: here so that one index finds a page of them
	UNIQUE (space, section, number)
) STRICT;
CREATE INDEX ask_listed ON ask(space, is_public, section, number);
CREATE INDEX ask_org ON ask(org, is_public, state, due_at);
CREATE INDEX ask_due ON ask(is_public, state, due_at);
CREATE INDEX ask_state ON ask(space, is_public, state);

-- How an ask was made, and what was left out: one row a language.
CREATE TABLE ask_method (
	ask INTEGER NOT NULL REFERENCES ask(item),
	lang TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (ask, lang)
) STRICT, WITHOUT ROWID;
CREATE TABLE ask_theme (
	ask INTEGER NOT NULL REFERENCES ask(item),
	theme INTEGER NOT NULL REFERENCES theme(id),
	PRIMARY KEY (ask, theme)
) STRICT, WITHOUT ROWID;
CREATE INDEX ask_theme_theme ON ask_theme(theme);
CREATE TABLE ask_sdg (
	ask INTEGER NOT NULL REFERENCES ask(item),
	target TEXT NOT NULL, -- "16.7"
	PRIMARY KEY (ask, target)
) STRICT, WITHOUT ROWID;

-- Every link that was made, changed or taken away on the evidence desk. relation 0: none.
-- batch: what one press of a button did, and one press takes back.
CREATE TABLE edge_past (
	id INTEGER PRIMARY KEY,
	batch INTEGER NOT NULL,
	from_item INTEGER NOT NULL REFERENCES item(id),
	to_item INTEGER NOT NULL REFERENCES item(id),
	was_relation INTEGER NOT NULL,
	was_quote TEXT NOT NULL,
	relation INTEGER NOT NULL,
	quote TEXT NOT NULL,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX edge_from ON edge(from_item, relation, id);
CREATE INDEX edge_past_from ON edge_past(from_item, id);
CREATE INDEX edge_past_batch ON edge_past(batch);
CREATE INDEX edge_past_to ON edge_past(to_item);

-- An ask that went on to the office that can answer it: both names stay, with the day. What was
-- due stays due.
CREATE TABLE ask_handed (
	id INTEGER PRIMARY KEY,
	ask INTEGER NOT NULL REFERENCES ask(item),
	from_org INTEGER NOT NULL REFERENCES org(id),
	to_org INTEGER NOT NULL REFERENCES org(id),
	account INTEGER NOT NULL,
	at INTEGER NOT NULL -- the day
) STRICT;
CREATE INDEX ask_handed_ask ON ask_handed(ask, id);
CREATE INDEX ask_handed_from ON ask_handed(from_org, id);
CREATE INDEX ask_handed_to ON ask_handed(to_org);

-- What an answer says besides its words. Never changed once it is public: a correction is
-- another answer. state: as ask.state, 1 to 6.
CREATE TABLE answer (
	item INTEGER PRIMARY KEY REFERENCES item(id),
	ask INTEGER NOT NULL REFERENCES ask(item),
	org INTEGER NOT NULL REFERENCES org(id),
	state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
	unit TEXT NOT NULL, -- who does it
	review_at INTEGER,
	corrects INTEGER REFERENCES answer(item)
) STRICT;
CREATE INDEX answer_ask ON answer(ask, item);
CREATE INDEX answer_org ON answer(org);
CREATE INDEX answer_corrects ON answer(corrects);
-- What shows it: a link, or an item of any space.
CREATE TABLE answer_proof (
	answer INTEGER NOT NULL REFERENCES answer(item),
	ord INTEGER NOT NULL,
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	item INTEGER REFERENCES item(id),
	PRIMARY KEY (answer, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_proof_item ON answer_proof(item);
-- An answer that nobody sees yet: the fields of its form as they were typed.
CREATE TABLE answer_draft (
	ask INTEGER NOT NULL REFERENCES ask(item),
	org INTEGER NOT NULL REFERENCES org(id),
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (ask, org, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_draft_org ON answer_draft(org);

-- Whether an ask reflects what somebody said who is cited by it. value: 1 it does, 0 it does not.
-- status: of the comment, as item.status.
CREATE TABLE ask_reply (
	ask INTEGER NOT NULL REFERENCES ask(item),
	seat INTEGER NOT NULL REFERENCES seat(id),
	value INTEGER NOT NULL CHECK (value IN (0, 1)),
	body TEXT NOT NULL,
	status INTEGER NOT NULL,
	at INTEGER NOT NULL, -- the day
	version INTEGER NOT NULL, -- one more with every change: a moderator decides on what was read
	PRIMARY KEY (ask, seat)
) STRICT, WITHOUT ROWID;
CREATE INDEX ask_reply_seat ON ask_reply(seat);
CREATE INDEX ask_reply_status ON ask_reply(status, at);
-- What moderators decided on the comments. status: as it was from then on.
CREATE TABLE ask_reply_past (
	id INTEGER PRIMARY KEY,
	ask INTEGER NOT NULL REFERENCES ask(item),
	seat INTEGER NOT NULL REFERENCES seat(id),
	version INTEGER NOT NULL,
	status INTEGER NOT NULL,
	reason INTEGER NOT NULL, -- enum flag_reason; 0: none
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX ask_reply_past_ask ON ask_reply_past(ask, seat);
CREATE INDEX ask_reply_past_seat ON ask_reply_past(seat);
