/*
 * I know what the caretaker wrote down: command line, environment, file, in this order of
 * weight. One table names every key, parses it and prints its help.
 */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { CONFIG_LISTEN_MAX = 8 };

struct config {
	const char *
		listen; /* addresses, separated by blanks: "127.0.0.1:8080 unix:/run/baraza.sock" */
	const char *data; /* folder for the database, the key, backups */
	const char *db; /* "sqlite:…" or "postgresql://…"; empty: baraza.db in the data folder */
	const char *loops;     /* event loops; empty: one a core, at most 8 */
	const char *https;     /* "yes": a front server speaks TLS, cookies are Secure */
	const char *rates;     /* "no": a front server limits how often one client may ask */
	const char *embed;     /* origins that may show cards in a frame; empty: none */
	const char *map;       /* file of map outlines instead of the built-in one */
	const char *smtp;      /* "smtps://…" to send mail through; empty: no mail */
	const char *mail_from; /* the address that letters come from */
	const char
		*translate; /* address of a LibreTranslate server; empty: no machine translates */
	const char *translate_key; /* what it wants to hear first; may be empty */
	struct arena mem;          /* holds what the file and the defaults said */
};

/* config_read(ret, argc, argv): Take "--key value", BARAZA_KEY and the file named by --config
 * (lines "key = value", # begins a comment). ERR_INPUT with a note that says which word is
 * wrong and what would be right. Words and environment are pointed at, the rest is owned:
 * config_done() also after a failure. */
int config_read(struct config *ret, int argc, char **argv) must_use;

/* config_done(c): Give its strings back; all zero is allowed, and left behind. */
void config_done(struct config *c);
#define auto_config __attribute__((cleanup(config_done))) struct config

/* config_help(): The keys, one a line, on stdout. */
void config_help(void);
