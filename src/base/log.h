/*
 * I write one line per event to stderr: a fixed name and numbers or constants,
 * key=value. Never an address, a name, a text or a case number: the types admit
 * none. Only app/ calls me.
 */
#pragma once
#include <stdint.h>

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_DEBUG = 7
};

struct log_pair {
	const char *key;
	int64_t n;
	const char *constant; /* instead of n; a string literal or err_noted() */
};

#define LOG_N(key, n) ((struct log_pair){ "" key, (n), 0 })
#define LOG_C(key, constant) ((struct log_pair){ "" key, 0, (constant) })

/* log_event(level, event, pairs...): One line, "<level>event key=value …"; systemd
 * reads the level. Written with a single write(2), so threads do not mix. */
#define log_event(level, event, ...) \
	log_pairs(level, "" event, (struct log_pair[]){ __VA_ARGS__{ 0 } })
void log_pairs(enum log_level level, const char *event, const struct log_pair *pairs);

/* log_quiet(max): Write only events up to ${max} (default LOG_LEVEL_NOTICE). */
void log_quiet(enum log_level max);
