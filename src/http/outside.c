#include "http/outside.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define LIBRARY "libcurl.so.4"

static const struct {
	const char *name;
	size_t at;
} calls[] = {
	{ "curl_easy_init", offsetof(struct outside, begin) },
	{ "curl_easy_cleanup", offsetof(struct outside, end) },
	{ "curl_easy_setopt", offsetof(struct outside, set) },
	{ "curl_easy_perform", offsetof(struct outside, perform) },
	{ "curl_easy_getinfo", offsetof(struct outside, tell) },
	{ "curl_easy_strerror", offsetof(struct outside, error) },
	{ "curl_slist_append", offsetof(struct outside, list_add) },
	{ "curl_slist_free_all", offsetof(struct outside, list_end) },
	{ "curl_url", offsetof(struct outside, url) },
	{ "curl_url_set", offsetof(struct outside, url_set) },
	{ "curl_url_get", offsetof(struct outside, url_get) },
	{ "curl_url_cleanup", offsetof(struct outside, url_end) },
	{ "curl_free", offsetof(struct outside, text_end) },
};

static struct outside outside;
static const char *missing; /* NULL: all is there */
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* POSIX lets a function's address come out of dlsym; C wants it copied. */
static bool find(void *library, const char *name, void *ret)
{
	void *at = dlsym(library, name);
	memcpy(ret, &at, sizeof at);
	if (!at)
		missing = name;
	return at != NULL;
}

static void open_library(void)
{
	CURLcode (*start)(long what) = NULL;
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		missing = "the library";
		return;
	}
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (!find(library, calls[i].name, (char *)&outside + calls[i].at))
			return;
	if (find(library, "curl_global_init", &start) && start(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		missing = "its start";
}

int outside_open(const struct outside **ret)
{
	pthread_once(&once, open_library);
	if (missing)
		return err_note(ERR_IO, LIBRARY " cannot be used: %s", missing);
	*ret = &outside;
	return 0;
}
