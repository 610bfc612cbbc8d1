-- Filters of a list that somebody has named. query: as in the list's address, behind "?".
CREATE TABLE record_view (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	account INTEGER NOT NULL,
	title TEXT NOT NULL,
	query TEXT NOT NULL,
	is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
	at INTEGER NOT NULL,
	UNIQUE (name, account, title)
) STRICT;
CREATE INDEX record_view_shared ON record_view(name, is_shared, id);

-- Lines of a chain stay as they are, and go only with the whole record, which leaves a trace.
-- :sqlite
CREATE TRIGGER record_entry_stays BEFORE UPDATE ON record_entry BEGIN
	SELECT raise(ABORT, 'a line of a chain stays as it is');
END;
CREATE TRIGGER record_entry_goes BEFORE DELETE ON record_entry
WHEN NOT EXISTS (SELECT 1 FROM record_gone g WHERE g.record = OLD.record) BEGIN
	SELECT raise(ABORT, 'a line of a chain goes with its record alone');
END;
-- :end
-- :pg
CREATE FUNCTION record_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		RAISE EXCEPTION 'a line of a chain stays as it is';
	ELSIF NOT EXISTS (SELECT 1 FROM record_gone g WHERE g.record = OLD.record) THEN
		RAISE EXCEPTION 'a line of a chain goes with its record alone';
	END IF;
	RETURN OLD;
END $$;
CREATE TRIGGER record_entry_stays BEFORE UPDATE OR DELETE ON record_entry
FOR EACH ROW EXECUTE FUNCTION record_entry_stays();
-- :end
