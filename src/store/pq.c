#include "store/pq.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

struct pq_calls pq_calls;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_whole;

/* POSIX lets an object pointer hold a function's address; C does not: hence the copy. */
static bool fetch(void *lib, const char *name, void *ret)
{
	void *at = dlsym(lib, name);
	memcpy(ret, &at, sizeof at);
	return at != NULL;
}

/* The library stays for as long as the program. */
static void load(void)
{
	void *lib = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
	is_whole = lib != NULL;
#define PQ_FETCH(name) is_whole = is_whole && fetch(lib, #name, &pq_calls.name##_);
	PQ_CALLS(PQ_FETCH)
#undef PQ_FETCH
}

int pq_load(void)
{
	pthread_once(&once, load);
	return is_whole ? 0
			: err_note(ERR_MISSING, "PostgreSQL's client library (libpq5) is missing");
}
