/*
 * I reach other servers, for mail and for translation, through libcurl. It is opened when somebody
 * first asks for it: with all that it stands on it costs 5 MB and much code, which a house that
 * talks to nobody does not carry.
 */
#pragma once
#include "base/err.h"
#include <curl/curl.h>

/* libcurl's functions, each as <curl/curl.h> declares it. */
struct outside {
	CURL *(*begin)(void);
	void (*end)(CURL *c);
	CURLcode (*set)(CURL *c, CURLoption what, ...);
	CURLcode (*perform)(CURL *c);
	CURLcode (*tell)(CURL *c, CURLINFO what, ...);
	const char *(*error)(CURLcode code);
	struct curl_slist *(*list_add)(struct curl_slist *list, const char *one);
	void (*list_end)(struct curl_slist *list);
	CURLU *(*url)(void);
	CURLUcode (*url_set)(CURLU *u, CURLUPart part, const char *text, unsigned flags);
	CURLUcode (*url_get)(const CURLU *u, CURLUPart part, char **ret, unsigned flags);
	void (*url_end)(CURLU *u);
	void (*text_end)(void *text);
};

/* outside_open(ret): From any thread; what it gives stays until the program ends. ERR_IO: libcurl
 * is not installed, or lacks something. */
int outside_open(const struct outside **ret) must_use;
