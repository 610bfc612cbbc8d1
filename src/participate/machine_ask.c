#include "participate/machine_ask.h"
#include "base/buf.h"
#include "http/outside.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
	ANSWER_MAX = 1 << 20,
	CONNECT_SECONDS = 10,
	ANSWER_SECONDS = 60,
	TEXTS = 2,
	GROWN_LEAST = 200,
	GROWN_TIMES = 10
};

struct machine_line {
	const struct outside *net;
	CURL *curl;
	struct curl_slist *head;
	const struct machine_address *address;
	const atomic_bool *stop;
	char *url;
	struct buf heard;
};

static size_t hear(char *from, size_t size, size_t n, void *arg)
{
	struct machine_line *l = arg;
	buf_str(&l->heard, (struct str){ from, size * n });
	return l->heard.failed ? 0 : size * n;
}

static int is_over(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct machine_line *l = arg;
	(void)a, (void)b, (void)c, (void)d;
	return atomic_load(l->stop);
}

/* No redirects: what is said goes where the caretaker said, or nowhere. */
static void set_up(struct machine_line *l)
{
	CURL *c = l->curl;
	const struct outside *net = l->net;
	net->set(c, CURLOPT_URL, l->url);
	net->set(c, CURLOPT_PROTOCOLS_STR, "http,https");
	net->set(c, CURLOPT_FOLLOWLOCATION, 0L);
	net->set(c, CURLOPT_PROXY, "");
	net->set(c, CURLOPT_NOSIGNAL, 1L);
	net->set(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	net->set(c, CURLOPT_TIMEOUT, (long)ANSWER_SECONDS);
	net->set(c, CURLOPT_HTTPHEADER, l->head);
	net->set(c, CURLOPT_WRITEFUNCTION, hear);
	net->set(c, CURLOPT_WRITEDATA, l);
	net->set(c, CURLOPT_NOPROGRESS, 0L);
	net->set(c, CURLOPT_XFERINFOFUNCTION, is_over);
	net->set(c, CURLOPT_XFERINFODATA, l);
}

int machine_line_open(
	const struct machine_address *address, const atomic_bool *stop, struct machine_line **ret)
{
	const struct outside *net;
	int result = outside_open(&net);
	if (result < 0)
		return result;
	struct machine_line *l = calloc(1, sizeof *l);
	if (!l)
		return err_note(ERR_NOMEM, "machine");
	buf_init(&l->heard, ANSWER_MAX);
	l->net = net;
	l->address = address;
	l->stop = stop;
	l->curl = net->begin();
	l->head = net->list_add(NULL, "Content-Type: application/json");
	size_t n = strlen(address->url);
	while (n && address->url[n - 1] == '/')
		n--;
	bool is_made = asprintf(&l->url, "%.*s/translate", (int)n, address->url) > 0;
	if (!is_made)
		l->url = NULL;
	if (!l->curl || !l->head || !is_made) {
		machine_line_close(l);
		return err_note(ERR_NOMEM, "machine");
	}
	set_up(l);
	*ret = l;
	return 0;
}

void machine_line_close(struct machine_line *l)
{
	if (!l)
		return;
	l->net->end(l->curl);
	l->net->list_end(l->head);
	buf_done(&l->heard);
	free(l->url);
	free(l);
}

/* Absent when memory is short or the texts are no UTF-8, which they are. */
static char *question(const struct machine_line *l, struct str from, struct str to,
	struct str title, struct str body)
{
	const char *key = l->address->key;
	json_t *o = json_pack("{s:[s%,s%],s:s%,s:s%,s:s}", "q", title.n ? title.p : "", title.n,
		body.n ? body.p : "", body.n, "source", from.p, from.n, "target", to.p, to.n,
		"format", "text");
	if (o && *key && json_object_set_new(o, "api_key", json_string(key)) != 0) {
		json_decref(o);
		return NULL;
	}
	char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;
	json_decref(o);
	return text;
}

/* A text that was there must not come back empty, nor out of all proportion. */
static int take(struct arena *mem, const json_t *list, size_t at, struct str *text)
{
	const json_t *s = json_array_get(list, at);
	size_t n = json_string_length(s);
	if (!text->n)
		return 0;
	if (!n || n > GROWN_LEAST + GROWN_TIMES * text->n)
		return err_note(ERR_INPUT, "translator: an answer that is no translation");
	*text = str_trim(
		arena_copy(mem, (struct str){ json_string_value(s), json_string_length(s) }));
	return mem->has_failed ? ERR_NOMEM : 0;
}

static int understand(struct str heard, struct arena *mem, struct str *title, struct str *body)
{
	json_t *o = json_loadb(heard.n ? heard.p : "", heard.n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *list = json_object_get(o, "translatedText");
	int result = json_array_size(list) == TEXTS
		? 0
		: err_note(ERR_IO, "translator: an answer that is not LibreTranslate's");
	if (result == 0)
		result = take(mem, list, 0, title);
	if (result == 0)
		result = take(mem, list, 1, body);
	json_decref(o);
	return result;
}

static int judge(const struct machine_line *l, CURLcode code, long status)
{
	enum { SLOWER = 429, WANTS_KEY = 403 };
	if (code != CURLE_OK)
		return err_note(ERR_IO, "translator: %s", l->net->error(code));
	if (status == 200)
		return 0;
	if (status >= 400 && status < 500 && status != SLOWER && status != WANTS_KEY)
		return err_note(ERR_INPUT, "translator: refuses a text (%ld)", status);
	return err_note(ERR_IO, "translator: answers %ld", status);
}

int machine_line_ask(struct machine_line *l, struct arena *mem, struct str from, struct str to,
	struct str *title, struct str *body)
{
	long status = 0;
	char *text = question(l, from, to, *title, *body);
	if (!text)
		return err_note(ERR_NOMEM, "machine");
	l->heard.n = 0;
	l->net->set(l->curl, CURLOPT_POSTFIELDS, text);
	CURLcode code = l->net->perform(l->curl);
	l->net->set(l->curl, CURLOPT_POSTFIELDS, "");
	l->net->tell(l->curl, CURLINFO_RESPONSE_CODE, &status);
	free(text);
	int result = judge(l, code, status);
	return result < 0 ? result : understand(buf_view(&l->heard), mem, title, body);
}
