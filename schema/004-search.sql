-- Which words stand in which item; see src/store/search.h.
-- :sqlite
CREATE VIRTUAL TABLE search_item USING fts5 (words, detail=none, tokenize=baraza);
-- :end
-- :pg
CREATE TABLE search_item (
	id BIGINT PRIMARY KEY,
	words TSVECTOR NOT NULL
);
CREATE INDEX search_item_words ON search_item USING gin (words);
-- :end
