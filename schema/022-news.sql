-- News that is no ask and no answer. kind: 0 an ask or an answer (item), 2 a version of a document (item; n),
-- 3 comments on it were answered (n: the day), 4 a phase opened (item; n: when), 5 it closes soon (n: when),
-- 6 a consultation closed (item: the space; n: when). space: where; NULL with kind 0.
ALTER TABLE notify_news ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notify_news ADD COLUMN n INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notify_news ADD COLUMN space INTEGER REFERENCES space(id);
CREATE INDEX notify_news_what ON notify_news(kind, item, n);
CREATE INDEX notify_news_space ON notify_news(space);
