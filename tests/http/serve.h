/*
 * I know how to run a server of src/http inside a test and to speak to it byte by byte.
 */
#pragma once
#include "http/http.h"
#include "tests/test.h"

/* A server whose app tells what it understood: "/echo" writes the request out, "/later" does so
 * from another thread, "/big" answers many bytes, "/file" a
 * file of which each fourth byte on says where it stands, "/never" answers only at the end, "/tag"
 * has an ETag, "/empty" has no body, "/split" tries to split the head. */
struct serve;

struct serve *serve_begin(const struct http_limits *limits, const char *listen, int loops);
/* serve_end(s): Stop, and check that nothing was left over. */
void serve_end(struct serve *s);
/* serve_stop(s): Ask it to stop, without waiting. */
void serve_stop(struct serve *s);
/* serve_connect(s): A fresh blocking connection that gives up reading after 8 s. */
int serve_connect(const struct serve *s);
/* serve_handled(s): How many requests reached the app whole. */
int serve_handled(const struct serve *s);

void send_all(int fd, struct str bytes);
/* read_end(fd): All until the server closes, as text (freed by the next call). */
const char *read_end(int fd);
/* read_one(fd): One answer with its body. */
const char *read_one(int fd);
/* ask(s, bytes): Send on a fresh connection, close for writing, read to the end. */
const char *ask(const struct serve *s, struct str bytes);
/* status_of(text): Of the first answer; 0 when there is none. */
int status_of(const char *text);
/* count_of(text, what): How often ${what} stands in it. */
int count_of(const char *text, const char *what);
