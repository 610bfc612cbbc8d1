/* I bring a conversation that was held on Polis into the house, from the folder that Polis
 * exports: its statements, what moderators decided, who voted what and when. */
#pragma once
#include "account/visit.h"

struct polis_import {
	const char *folder;
	struct str slug;
	struct str title;        /* absent: the conversation's topic */
	const struct lang *lang; /* of the statements */
	bool is_draft;           /* else closed, with its results open to everyone */
};

struct polis_count {
	int64_t space; /* its id in this house */
	int64_t statements, hidden, people, votes;
};

/* polis_import(db, mem, what, now, ret): Make the space, inside the caller's transaction.
 * Participants are numbered as in participants-votes.csv, statements by their id plus one.
 * ERR_INPUT: a file is broken; the note says which, in which line, and why. ERR_CONFLICT: there
 * is a space of that name. */
int polis_import(struct db *db, struct arena *mem, const struct polis_import *what, int64_t now,
	struct polis_count *ret) must_use;
