#include "base/err.h"
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Thread_local char note[256];

void err_keep(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(note, sizeof note, fmt, ap);
	va_end(ap);
}

const char *err_noted(void)
{
	return note;
}
void err_forget(void)
{
	note[0] = 0;
}

const char *err_name(int code)
{
	static const char *const name[] = { "ok", "nomem", "busy", "conflict", "missing", "denied",
		"input", "limit", "io", "bug" };
	if (code >= 0)
		return name[0];
	return code < ERR_BUG ? "unknown" : name[-code];
}

void must_failed(const char *file, int line, const char *claim)
{
	fprintf(stderr, "baraza: %s:%d: must hold: %s\n", file, line, claim);
	abort();
}

void auto_close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

void auto_close_file(void *file)
{
	FILE *f = *(FILE **)file;
	if (f)
		fclose(f);
}

void free_wiped(void *p)
{
	if (p)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

void auto_free_p(void *p)
{
	free_wiped(*(void **)p);
}
