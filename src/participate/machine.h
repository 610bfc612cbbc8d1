/* I have what was published translated by a machine, where the caretaker named one that speaks
 * LibreTranslate's language. What a person translated is never replaced, what a machine did is
 * always told, and only what everyone may read leaves the house. */
#pragma once
#include "account/house.h"
#include "store/writer.h"

/* Where the machine is, and what it wants to hear before it works. */
struct machine_address {
	const char *url; /* "https://translate.example.org" */
	const char *key; /* its API key; may be empty */
};

struct machine;

/* machine_ok(url): ${url} is an http:// or https:// address. */
bool machine_ok(const char *url) must_use;

/* machine_open(db_url, address, house, writer, ret): A thread that looks whenever public content
 * changed and has translated what lacks, into all six languages. All pointers stay the caller's
 * and must outlive it. A machine that is away is asked again ever more rarely, at most every
 * quarter of an hour; a text that it refuses, not before the next day. */
int machine_open(const char *db_url, const struct machine_address *address, struct house *house,
	struct writer *writer, struct machine **ret) must_use;
/* machine_close(m): Ends what is under way; before writer_close. NULL is allowed. */
void machine_close(struct machine *m);
