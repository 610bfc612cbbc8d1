-- Easy words (item_text.origin 3) are few; the house asks at its start whether there are any.
CREATE INDEX item_text_easy ON item_text(item) WHERE origin = 3;
