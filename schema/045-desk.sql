-- The lists of who handles cases: a row for each case and account that holds the key of its report and is not kept out, with
-- what lists are ordered and counted by. Nobody writes it: it follows cases, wraps and who is kept out, whoever writes those.
-- It says nothing that those do not say.

-- list: 0 open, 1 closed, 2 taken back by its reporter. due_hour: what comes first of all that is due. taken_by 0: nobody.
-- is_due: somebody who is kept out still has a key.
CREATE TABLE protect_desk (
	account INTEGER NOT NULL,
	of BLOB NOT NULL,
	list INTEGER NOT NULL,
	due_hour INTEGER NOT NULL,
	pace INTEGER NOT NULL,
	turn INTEGER NOT NULL,
	taken_by INTEGER NOT NULL,
	channel INTEGER NOT NULL,
	changed_on INTEGER NOT NULL,
	is_due INTEGER NOT NULL,
	PRIMARY KEY (of, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX protect_desk_list ON protect_desk(account, list, due_hour, of, pace, turn, taken_by);
CREATE INDEX protect_desk_end ON protect_desk(account, channel, changed_on) WHERE list = 1;
CREATE INDEX protect_desk_lock ON protect_desk(account) WHERE is_due = 1;

-- :sqlite
CREATE VIEW protect_desk_now AS
SELECT w.account AS account, c.id AS of, CASE WHEN c.withdrawn_on > 0 THEN 2 WHEN c.state = 3 THEN 1 ELSE 0 END AS list,
	CASE WHEN c.next_hour > 0 AND c.next_hour < c.due_hour THEN c.next_hour ELSE c.due_hour END AS due_hour,
	c.pace AS pace, c.turn AS turn, coalesce(c.taken_by, 0) AS taken_by, c.channel AS channel, c.changed_on AS changed_on,
	CASE WHEN EXISTS (SELECT 1 FROM protect_shut s JOIN protect_wrap o ON o.of = s.of AND o.account = s.account
		WHERE s.of = c.id AND o.compartment IN (1, 3, 5)) THEN 1 ELSE 0 END AS is_due
FROM protect_case c JOIN protect_wrap w ON w.of = c.id
WHERE w.role = 2 AND w.compartment = 1
	AND w.epoch = (SELECT max(e.epoch) FROM protect_wrap e WHERE e.of = w.of AND e.compartment = 1 AND e.role = 2 AND e.account = w.account)
	AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = w.account);

INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now;
-- :end
-- A view would be a second name for tables, and what was read of PostgreSQL is known by the names of tables (store/pg_memo.h).
-- :pg
CREATE FUNCTION protect_desk_now(which BYTEA) RETURNS SETOF protect_desk LANGUAGE sql STABLE AS $$
	SELECT w.account, c.id, (CASE WHEN c.withdrawn_on > 0 THEN 2 WHEN c.state = 3 THEN 1 ELSE 0 END)::bigint,
		CASE WHEN c.next_hour > 0 AND c.next_hour < c.due_hour THEN c.next_hour ELSE c.due_hour END,
		c.pace, c.turn, coalesce(c.taken_by, 0), c.channel, c.changed_on,
		(CASE WHEN EXISTS (SELECT 1 FROM protect_shut s JOIN protect_wrap o ON o.of = s.of AND o.account = s.account
			WHERE s.of = c.id AND o.compartment IN (1, 3, 5)) THEN 1 ELSE 0 END)::bigint
	FROM protect_case c JOIN protect_wrap w ON w.of = c.id
	WHERE c.id = which AND w.role = 2 AND w.compartment = 1
		AND w.epoch = (SELECT max(e.epoch) FROM protect_wrap e WHERE e.of = w.of AND e.compartment = 1 AND e.role = 2 AND e.account = w.account)
		AND NOT EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = c.id AND s.account = w.account)
$$;
INSERT INTO protect_desk SELECT n.* FROM protect_case c CROSS JOIN LATERAL protect_desk_now(c.id) n;
-- :end

-- The newest text of a field, and whether there is one, without looking through the others.
CREATE INDEX protect_object_field ON protect_object(of, compartment, field, n);

-- :sqlite
CREATE TRIGGER desk_of_case AFTER UPDATE OF state, turn, taken_by, due_hour, next_hour, pace, channel, changed_on, withdrawn_on
ON protect_case BEGIN
	DELETE FROM protect_desk WHERE of = NEW.id;
	INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
	SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now WHERE of = NEW.id;
END;
CREATE TRIGGER desk_of_wrap_in AFTER INSERT ON protect_wrap
WHEN (NEW.role = 2 AND NEW.compartment = 1) OR EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = NEW.of) BEGIN
	DELETE FROM protect_desk WHERE of = NEW.of;
	INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
	SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now WHERE of = NEW.of;
END;
CREATE TRIGGER desk_of_wrap_out AFTER DELETE ON protect_wrap
WHEN (OLD.role = 2 AND OLD.compartment = 1) OR EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = OLD.of) BEGIN
	DELETE FROM protect_desk WHERE of = OLD.of;
	INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
	SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now WHERE of = OLD.of;
END;
CREATE TRIGGER desk_of_shut_in AFTER INSERT ON protect_shut BEGIN
	DELETE FROM protect_desk WHERE of = NEW.of;
	INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
	SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now WHERE of = NEW.of;
END;
CREATE TRIGGER desk_of_shut_out AFTER DELETE ON protect_shut BEGIN
	DELETE FROM protect_desk WHERE of = OLD.of;
	INSERT INTO protect_desk (account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due)
	SELECT account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due FROM protect_desk_now WHERE of = OLD.of;
END;
-- :end
-- :pg
CREATE FUNCTION desk_look(which BYTEA) RETURNS void LANGUAGE sql AS $$
	DELETE FROM protect_desk WHERE of = which;
	INSERT INTO protect_desk SELECT * FROM protect_desk_now(which)
$$;
CREATE FUNCTION desk_of_case() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM desk_look(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION desk_of_wrap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE w protect_wrap := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; BEGIN
	IF (w.role = 2 AND w.compartment = 1) OR EXISTS (SELECT 1 FROM protect_shut s WHERE s.of = w.of) THEN PERFORM desk_look(w.of); END IF;
	RETURN NULL;
END $$;
CREATE FUNCTION desk_of_shut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	PERFORM desk_look(CASE WHEN TG_OP = 'DELETE' THEN OLD.of ELSE NEW.of END);
	RETURN NULL;
END $$;
CREATE TRIGGER desk_of_case AFTER UPDATE OF state, turn, taken_by, due_hour, next_hour, pace, channel, changed_on, withdrawn_on
ON protect_case FOR EACH ROW EXECUTE FUNCTION desk_of_case();
CREATE TRIGGER desk_of_wrap AFTER INSERT OR DELETE ON protect_wrap FOR EACH ROW EXECUTE FUNCTION desk_of_wrap();
CREATE TRIGGER desk_of_shut AFTER INSERT OR DELETE ON protect_shut FOR EACH ROW EXECUTE FUNCTION desk_of_shut();
-- :end
