/* I know what lives as long as the program, and any handler may need. Made by app/, read by
 * all; what changes while it runs changes behind the pointers. */
#pragma once
#include "base/str.h"
#include <stdatomic.h>

/* What the caretaker has set. Never changed in place: a new one replaces the old. */
struct settings {
	struct str name;       /* "Baraza" */
	struct str keeper;     /* who runs this house; shown on every page */
	bool is_sample;        /* every page says that its content is made up */
	struct str base_url;   /* "https://example.org", for feeds and mail; may be empty */
	struct str contact;    /* how to reach the keeper; may be empty */
	struct str source_url; /* where this copy's source is; may be empty */
	struct str keep_years; /* how long what people said is kept after the end; empty: always */
};

struct house {
	_Atomic(const struct settings *) settings;
	struct keys *keys;           /* crypto: server key and what is derived from it */
	struct sessions *sessions;   /* account: who is signed in; memory only */
	struct audit_watch *audit;   /* account: how the log of what was done stands */
	struct vault *vault;         /* vault: the process that holds unlocked keys */
	struct files *files;         /* protect: the folder of sealed files */
	struct shred *shred;         /* protect: slots whose end is the end of a case */
	struct passwords *passwords; /* crypto: the thread that hashes */
	struct board *take_part;     /* participate: the newest results of each space */
	struct counts *counts;       /* account: numbers that hold until something changes */
	struct parcels *parcels;     /* account: files on their way to people */
	struct lane *press;          /* render: has PDFs made */
	struct map *map;             /* render: outlines of countries */
	struct blobs *blobs;         /* record: the folder of records' files */
	struct shelf *shelf;         /* record: the definitions in use */
	struct xforms *xforms;       /* openrosa: those that were made */
	struct devices *devices;     /* openrosa: whose secrets are good */
	struct intake *intake;       /* record: the thread that brings files in */
	struct post *post;           /* notify: the thread that sends mail; NULL: none is sent */
	_Atomic uint64_t version;    /* counts changes to public content; stamps cached pages */
	struct str embed;            /* origins that may show cards; empty: none */
	_Atomic bool takes_reports;  /* protect: some channel is open */
	bool is_https;               /* cookies carry Secure */
	atomic_bool is_erasing;      /* outcome: something is to be destroyed now */
	atomic_bool has_easy;        /* somebody wrote easy words: readers may choose them */
	bool has_machine;            /* public words go to a machine that translates */
};

/* house_changed(h): Public pages may look different from now on. */
static inline void house_changed(struct house *h)
{
	atomic_fetch_add(&h->version, 1);
}
