/*
 * I know what a device says in a record that it sends: which form and version, the record's own
 * number, and the answers, which I judge as if they had been typed here. What the form does not ask
 * I keep aside; what does not hold I name.
 */
#pragma once
#include "openrosa/xml.h"
#include "record/blob.h"
#include "record/shelf.h"

enum { SENT_ID_MAX = 200, SENT_ASIDE_MAX = 64 << 10, SENT_FILE_MAX = 255 };

enum sent_fault {
	SENT_FINE,
	SENT_NO_ID,     /* no number of its own, or none that we keep */
	SENT_ENCRYPTED, /* by the device, and we have no key */
	SENT_ASIDE,     /* more that nobody asked than we keep */
	SENT_NO_ANSWER, /* of ${field}: a value that it cannot have */
	SENT_LONG,      /* of ${field}: more letters than fit */
	SENT_UNFIT,     /* of ${field}: it does not hold */
	SENT_LACK,      /* ${field} is required */
	SENT_TWICE,     /* ${field} stands twice */
	SENT_ROWS,      /* more rows of ${field} than we take */
	SENT_SEALED,    /* ${field} would have to be sealed, and nothing here seals */
	SENT_FILES,     /* more files than a record may hold */
};

struct sent {
	struct str instance, deprecated; /* their own numbers; deprecated: "" for a new one */
	/* A file is answered by its name, as long as nobody holds it: see parts.h. */
	struct answers answers;
	struct sent_file {
		struct str name;
		enum def_media media;
	} file[BLOBS_HELD_MAX]; /* all that are named, also where nothing is asked any more */
	size_t n_file;
	struct str aside; /* JSON, [["what/name", "value"], …]; "" for nothing */
	enum sent_fault fault;
	int field; /* -1: none */
};

/* sent_numbers(doc, ret): Its own numbers alone; instance is "" where it has none, or one that is
 * too long to be kept. */
void sent_numbers(const struct xml_doc *doc, struct sent *ret);
/* sent_read(doc, f, mem, now, ret): What ${doc} says of ${f}, which is the version that it names;
 * views of ${doc}. 0, also with a fault in ${ret}. ERR_NOMEM, ERR_LIMIT. */
int sent_read(const struct xml_doc *doc, const struct shelf_form *f, struct arena *mem, int64_t now,
	struct sent *ret) must_use;
