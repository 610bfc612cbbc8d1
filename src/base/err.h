/*
 * I know how things go wrong: the closed list of failures, the note made at
 * their birth, and the clean-up that runs when a scope ends.
 *
 * A function that can fail returns int: 0 or a count on success, one of enum err
 * otherwise, and is marked must_use. ret-parameters come last, are named ret…,
 * and are untouched on failure. Nobody below app/ logs; the note travels in the
 * thread and app/ writes it down once.
 */
#pragma once
#include <stddef.h>

enum err {
	ERR_NOMEM = -1,    /* memory, or a limit on memory, ran out */
	ERR_BUSY = -2,     /* try again shortly */
	ERR_CONFLICT = -3, /* somebody was faster, or it is there already */
	ERR_MISSING = -4,  /* no such thing, or not for these eyes */
	ERR_DENIED = -5,   /* known, and not allowed */
	ERR_INPUT = -6,    /* the bytes are not what they claim to be */
	ERR_LIMIT = -7,    /* more than we take */
	ERR_IO = -8,       /* disk, network or database failed */
	ERR_BUG = -9,      /* our own mistake */
};

#define must_use __attribute__((warn_unused_result))
#define printf_like(fmt, args) __attribute__((format(printf, fmt, args)))

/* err_note(code, fmt, ...): Remember why ${code} happened, for the one line that
 * app/ will log, and return ${code}. Keeps 255 bytes; the newest note wins. Put
 * constants and names of our own in it, never a visitor's words or address. A macro, so that
 * the compilers' analysers see in every file that what is returned is ${code}. */
#define err_note(code, ...) \
	({ \
		int err_code_ = (code); \
		err_keep(__VA_ARGS__); \
		err_code_; \
	})
void err_keep(const char *fmt, ...) printf_like(1, 2);

/* err_noted(): The newest note of this thread, "" if none. Valid until the next
 * err_note or err_forget of the thread. */
const char *err_noted(void);
void err_forget(void);

/* err_name(code): "nomem", "busy", …; "ok" for 0 and counts. */
const char *err_name(int code);

/* must(x): A claim about our own code, kept in release: if it fails the process
 * stops. Never for input. */
#define must(x) ((x) ? (void)0 : must_failed(__FILE__, __LINE__, #x))
_Noreturn void must_failed(const char *file, int line, const char *claim);

/* free_wiped(p): Zeroes over the whole block, then free. NULL is allowed.
 * auto_fd, auto_file, auto_free: closed, or wiped and freed, when the scope ends. */
void free_wiped(void *p);
void auto_close_fd(int *fd);
void auto_close_file(void *file); /* FILE ** */
void auto_free_p(void *p);        /* T ** */
#define auto_fd __attribute__((cleanup(auto_close_fd))) int
#define auto_file __attribute__((cleanup(auto_close_file))) FILE *
#define auto_free __attribute__((cleanup(auto_free_p)))
