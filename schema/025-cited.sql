-- What an ask uses is marked where it was said, so that a page of what none uses is found without looking at the links.
-- is_cited: by an ask that somebody is writing or everybody reads; is_shown: by one that everybody reads. Nobody sets
-- them: they follow the links and the asks, whoever writes those.
ALTER TABLE item ADD COLUMN is_cited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN is_shown INTEGER NOT NULL DEFAULT 0;
UPDATE item SET is_cited = 1 WHERE id IN (SELECT e.to_item FROM edge e WHERE e.relation BETWEEN 2 AND 4);
UPDATE item SET is_shown = 1 WHERE id IN (SELECT e.to_item FROM edge e JOIN ask a ON a.item = e.from_item WHERE e.relation BETWEEN 2 AND 4 AND a.is_public = 1);
CREATE INDEX item_cited ON item(space, kind, status, is_cited, id);
CREATE INDEX item_unshown ON item(space, id) WHERE kind = 2 AND status = 1 AND is_shown = 0 AND theme IS NULL;

-- :sqlite
CREATE TRIGGER edge_made AFTER INSERT ON edge WHEN NEW.relation BETWEEN 2 AND 4 BEGIN
	UPDATE item SET is_cited = 1, is_shown = CASE WHEN is_shown = 1 OR EXISTS (SELECT 1 FROM ask a WHERE a.item = NEW.from_item AND a.is_public = 1) THEN 1 ELSE 0 END
	WHERE id = NEW.to_item;
END;
CREATE TRIGGER edge_cut AFTER DELETE ON edge WHEN OLD.relation BETWEEN 2 AND 4 BEGIN
	UPDATE item SET is_cited = CASE WHEN EXISTS (SELECT 1 FROM edge e WHERE e.to_item = OLD.to_item AND e.relation BETWEEN 2 AND 4) THEN 1 ELSE 0 END,
		is_shown = CASE WHEN EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
			WHERE e.to_item = OLD.to_item AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 ELSE 0 END
	WHERE id = OLD.to_item;
END;
CREATE TRIGGER ask_made AFTER INSERT ON ask WHEN NEW.is_public = 1 BEGIN
	UPDATE item SET is_shown = 1 WHERE id IN (SELECT e.to_item FROM edge e WHERE e.from_item = NEW.item AND e.relation BETWEEN 2 AND 4);
END;
CREATE TRIGGER ask_turned AFTER UPDATE OF is_public ON ask WHEN NEW.is_public <> OLD.is_public BEGIN
	UPDATE item SET is_shown = CASE WHEN EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
		WHERE e.to_item = item.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 ELSE 0 END
	WHERE id IN (SELECT e.to_item FROM edge e WHERE e.from_item = NEW.item AND e.relation BETWEEN 2 AND 4);
END;
CREATE TRIGGER ask_dropped AFTER DELETE ON ask WHEN OLD.is_public = 1 BEGIN
	UPDATE item SET is_shown = CASE WHEN EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
		WHERE e.to_item = item.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 ELSE 0 END
	WHERE id IN (SELECT e.to_item FROM edge e WHERE e.from_item = OLD.item AND e.relation BETWEEN 2 AND 4);
END;
-- :end
-- :pg
CREATE FUNCTION cited_look(which BIGINT) RETURNS void LANGUAGE sql AS $$
	UPDATE item SET is_cited = CASE WHEN EXISTS (SELECT 1 FROM edge e WHERE e.to_item = which AND e.relation BETWEEN 2 AND 4) THEN 1 ELSE 0 END,
		is_shown = CASE WHEN EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
			WHERE e.to_item = which AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 ELSE 0 END
	WHERE id = which
$$;
CREATE FUNCTION edge_marks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP <> 'INSERT' THEN PERFORM cited_look(OLD.to_item); END IF;
	IF TG_OP <> 'DELETE' THEN PERFORM cited_look(NEW.to_item); END IF;
	RETURN NULL;
END $$;
CREATE FUNCTION ask_marks() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE which BIGINT := CASE WHEN TG_OP = 'DELETE' THEN OLD.item ELSE NEW.item END; BEGIN
	PERFORM cited_look(e.to_item) FROM edge e WHERE e.from_item = which AND e.relation BETWEEN 2 AND 4;
	RETURN NULL;
END $$;
CREATE TRIGGER edge_marked AFTER INSERT OR DELETE OR UPDATE OF relation, to_item ON edge FOR EACH ROW EXECUTE FUNCTION edge_marks();
CREATE TRIGGER ask_marked AFTER INSERT OR DELETE OR UPDATE OF is_public ON ask FOR EACH ROW EXECUTE FUNCTION ask_marks();
-- :end

-- What those who run consultations were reminded of. what, step: see notify/remind.sql; ref: a space or an ask.
CREATE TABLE notify_reminded_desk (
	follow INTEGER NOT NULL REFERENCES notify_follow(id),
	what INTEGER NOT NULL,
	ref INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	step INTEGER NOT NULL,
	PRIMARY KEY (follow, what, ref)
) STRICT, WITHOUT ROWID;
