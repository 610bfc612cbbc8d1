#include "notify/smtp.h"
#include "http/outside.h"
#include <stdlib.h>
#include <string.h>

enum { CONNECT_SECONDS = 20, LETTER_SECONDS = 90, REPLY_CLOSING = 421 };

struct smtp {
	const struct outside *net;
	CURL *curl;
	const char *from;
	const atomic_bool *stop;
	struct str rest; /* of the letter under way */
};

bool smtp_ok(const char *url)
{
	return str_starts(str_c(url), "smtp://") || str_starts(str_c(url), "smtps://");
}

static bool is_this_machine(const struct outside *net, const char *url)
{
	bool is_here = false;
	char *host = NULL;
	CURLU *u = net->url();
	if (u && net->url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
		net->url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		is_here = !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
			!strncmp(host, "127.", 4);
	net->text_end(host);
	net->url_end(u);
	return is_here;
}

static size_t read_on(char *to, size_t size, size_t n, void *arg)
{
	struct smtp *s = arg;
	size_t room = size * n, take = s->rest.n < room ? s->rest.n : room;
	memcpy(to, s->rest.p, take);
	s->rest = str_from(s->rest, take);
	return take;
}

/* What the server says is nobody's to read. */
static size_t ignore(char *from, size_t size, size_t n, void *arg)
{
	(void)from, (void)arg;
	return size * n;
}

static int is_over(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct smtp *s = arg;
	(void)a, (void)b, (void)c, (void)d;
	return atomic_load(s->stop);
}

static void set_up(struct smtp *s, const char *url)
{
	CURL *c = s->curl;
	const struct outside *net = s->net;
	long tls = is_this_machine(net, url) ? CURLUSESSL_NONE : CURLUSESSL_ALL;
	net->set(c, CURLOPT_URL, url);
	net->set(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	net->set(c, CURLOPT_USE_SSL, tls);
	net->set(c, CURLOPT_NOSIGNAL, 1L);
	net->set(c, CURLOPT_PROXY, "");
	net->set(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	net->set(c, CURLOPT_TIMEOUT, (long)LETTER_SECONDS);
	net->set(c, CURLOPT_MAIL_FROM, s->from);
	net->set(c, CURLOPT_UPLOAD, 1L);
	net->set(c, CURLOPT_READFUNCTION, read_on);
	net->set(c, CURLOPT_READDATA, s);
	net->set(c, CURLOPT_WRITEFUNCTION, ignore);
	net->set(c, CURLOPT_NOPROGRESS, 0L);
	net->set(c, CURLOPT_XFERINFOFUNCTION, is_over);
	net->set(c, CURLOPT_XFERINFODATA, s);
}

int smtp_open(const char *url, const char *from, const atomic_bool *stop, struct smtp **ret)
{
	if (!smtp_ok(url))
		return err_note(ERR_INPUT, "smtp: write smtp://host:587 or smtps://host:465");
	const struct outside *net;
	int result = outside_open(&net);
	if (result < 0)
		return result;
	struct smtp *s = calloc(1, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "smtp");
	s->net = net;
	s->curl = net->begin();
	s->from = from;
	s->stop = stop;
	if (!s->curl) {
		smtp_close(s);
		return err_note(ERR_NOMEM, "curl");
	}
	set_up(s, url);
	*ret = s;
	return 0;
}

void smtp_close(struct smtp *s)
{
	if (!s)
		return;
	s->net->end(s->curl);
	free(s);
}

int smtp_send(struct smtp *s, const char *to, struct str text, long *ret_reply)
{
	long reply = 0;
	struct curl_slist *list = s->net->list_add(NULL, to);
	if (!list)
		return err_note(ERR_NOMEM, "curl");
	s->rest = text;
	s->net->set(s->curl, CURLOPT_MAIL_RCPT, list);
	CURLcode code = s->net->perform(s->curl);
	s->net->tell(s->curl, CURLINFO_RESPONSE_CODE, &reply);
	s->net->set(s->curl, CURLOPT_MAIL_RCPT, NULL);
	s->net->list_end(list);
	s->rest = (struct str){ 0 };
	if (code == CURLE_OK)
		return 0;
	*ret_reply = reply >= 400 ? reply : 0;
	if (reply >= 400 && reply != REPLY_CLOSING && code != CURLE_LOGIN_DENIED)
		return err_note(ERR_DENIED, "the mail server refuses a letter");
	return err_note(ERR_IO, "mail server: %s", s->net->error(code));
}
