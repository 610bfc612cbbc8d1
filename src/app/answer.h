/*
 * I give the answer its last shape: language, kept pages, stylesheet, failures. I am the only
 * place that writes a line about a failed request, and the line holds no word of the visitor's.
 */
#pragma once
#include "app/app.h"

/* answer_path(path, ret): ${path} without its language prefix ("/ar/c/x" → "/c/x"), and what is
 * chosen there ("ar", "ar-easy") in ${ret}. */
struct str answer_path(struct str path, struct lang_choice *ret);

/* answer_begin(v): Language and path of a new visit, and an empty page. */
void answer_begin(struct visit *v);

/* answer_asset(v, x): If this is a file of static/, send it; true then. */
bool answer_asset(struct visit *v, struct http_exchange *x);

/* answer_cached(app, v, x): If the page is kept and the visitor brings no cookie of a person,
 * send it; true then. */
bool answer_cached(struct app *app, struct visit *v, struct http_exchange *x);

/* answer_refusal(v, status): A page for 404, 405, 429 …: what happened, what to do next. */
int answer_refusal(struct visit *v, int status);

/* answer_plain_refusal(v, status): The same without a frame, for requests that were not even
 * understood. */
void answer_plain_refusal(struct visit *v, int status);

/* answer_send(app, v, x, result): The visit is over: 0, or a negative failure that becomes a
 * page and a line in the log. From any thread. */
void answer_send(struct app *app, struct visit *v, struct http_exchange *x, int result);
