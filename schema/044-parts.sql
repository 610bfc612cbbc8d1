-- Files of a record that a device sends in parts, until the last part has come. name, instance: as in openrosa_sent. file: as the
-- record names it; answer: as the record will name it. hash: of the record's XML, in hexadecimal. account: of the device, 0 for
-- nobody. uid: of the record to be, which holds the file. until: seconds; what has not gone on by then goes.
CREATE TABLE openrosa_part (
	name TEXT NOT NULL,
	instance TEXT NOT NULL,
	file TEXT NOT NULL,
	hash TEXT NOT NULL,
	account INTEGER NOT NULL,
	uid TEXT NOT NULL,
	answer TEXT NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (name, instance, file)
) STRICT, WITHOUT ROWID;

-- Held until then, in seconds, also while there is neither record nor draft of that number.
ALTER TABLE record_blob ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
