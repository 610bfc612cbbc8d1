#include "notify/smtp.h"
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_SECONDS = 20, LETTER_SECONDS = 90, REPLY_CLOSING = 421 };

struct smtp {
	CURL *curl;
	const char *from;
	const atomic_bool *stop;
	struct str rest; /* of the letter under way */
};

bool smtp_ok(const char *url)
{
	return str_starts(str_c(url), "smtp://") || str_starts(str_c(url), "smtps://");
}

static bool is_this_machine(const char *url)
{
	bool is_here = false;
	char *host = NULL;
	CURLU *u = curl_url();
	if (u && curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
		curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		is_here = !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
			!strncmp(host, "127.", 4);
	curl_free(host);
	curl_url_cleanup(u);
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
	long tls = is_this_machine(url) ? CURLUSESSL_NONE : CURLUSESSL_ALL;
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_USE_SSL, tls);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)LETTER_SECONDS);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, s->from);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, read_on);
	curl_easy_setopt(c, CURLOPT_READDATA, s);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, ignore);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, is_over);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, s);
}

int smtp_open(const char *url, const char *from, const atomic_bool *stop, struct smtp **ret)
{
	if (!smtp_ok(url))
		return err_note(ERR_INPUT, "smtp: write smtp://host:587 or smtps://host:465");
	struct smtp *s = calloc(1, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "smtp");
	s->curl = curl_easy_init();
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
	curl_easy_cleanup(s->curl);
	free(s);
}

int smtp_send(struct smtp *s, const char *to, struct str text, long *ret_reply)
{
	long reply = 0;
	struct curl_slist *list = curl_slist_append(NULL, to);
	if (!list)
		return err_note(ERR_NOMEM, "curl");
	s->rest = text;
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, list);
	CURLcode code = curl_easy_perform(s->curl);
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &reply);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	s->rest = (struct str){ 0 };
	if (code == CURLE_OK)
		return 0;
	*ret_reply = reply >= 400 ? reply : 0;
	if (reply >= 400 && reply != REPLY_CLOSING && code != CURLE_LOGIN_DENIED)
		return err_note(ERR_DENIED, "the mail server refuses a letter");
	return err_note(ERR_IO, "mail server: %s", curl_easy_strerror(code));
}
