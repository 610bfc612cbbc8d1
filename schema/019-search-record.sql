-- Which words stand in which record; see src/store/search.h.
-- :sqlite
CREATE VIRTUAL TABLE search_record USING fts5 (words, detail=none, tokenize=baraza);
-- :end
-- :pg
CREATE TABLE search_record (
	id BIGINT PRIMARY KEY,
	words TSVECTOR NOT NULL
);
CREATE INDEX search_record_words ON search_record USING gin (words);
-- :end
