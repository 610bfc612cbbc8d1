-- What finds contributions that no ask uses, and pages of asks, without looking at the rows.
CREATE INDEX edge_used ON edge(to_item, relation, from_item) WHERE relation BETWEEN 2 AND 4;
CREATE INDEX item_bare ON item(parent, status, theme, id);
CREATE INDEX ask_page ON ask(space, is_public, section, number, state, org);
