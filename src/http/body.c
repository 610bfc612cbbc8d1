#include "http/body.h"
#include <stdlib.h>
#include <string.h>

static bool type_is(struct str type, struct str want)
{
	size_t n = str_find(type, ';');
	return str_eq_ascii(str_trim((struct str){ type.p, n }), want);
}

int body_begin(struct body *b, struct str type, size_t max, const struct http_sink *sink,
	struct arena *mem)
{
	*b = (struct body){ .kind = BODY_RAW, .max = max };
	if (type_is(type, STR("application/x-www-form-urlencoded")))
		b->kind = BODY_URLENCODED;
	else if (type_is(type, STR("multipart/form-data")))
		b->kind = BODY_MULTIPART;
	if (b->kind == BODY_MULTIPART) {
		int st = multipart_begin(&b->multipart, type);
		if (st < 0)
			return st;
		b->multipart.sink = sink;
		if (sink && max > BODY_BESIDE_FILES)
			max = BODY_BESIDE_FILES;
	} else if (sink && max > BODY_BESIDE_FILES) {
		b->max = max = BODY_BESIDE_FILES; /* only files may be larger */
	}
	if (b->kind != BODY_RAW) {
		b->fields.max = FIELDS_MAX;
		b->fields.pair = arena_array(mem, FIELDS_MAX, sizeof *b->fields.pair);
	}
	b->fields.cap = max;
	b->fields.text = malloc(max + 1);
	if (!b->fields.text || (b->kind != BODY_RAW && !b->fields.pair))
		return err_note(ERR_NOMEM, "room for a body");
	return 0;
}

int body_feed(struct body *b, struct str piece)
{
	if (piece.n > b->max - b->seen)
		return err_note(ERR_LIMIT, "body too long");
	b->seen += piece.n;
	switch (b->kind) {
	case BODY_URLENCODED: return urlencoded_feed(&b->urlencoded, &b->fields, piece);
	case BODY_MULTIPART: return multipart_feed(&b->multipart, &b->fields, piece);
	case BODY_RAW: break;
	}
	return fields_bytes(&b->fields, piece);
}

int body_end(struct body *b, struct http_request *req)
{
	int st = b->kind == BODY_URLENCODED ? urlencoded_end(&b->urlencoded, &b->fields)
		: b->kind == BODY_MULTIPART ? multipart_end(&b->multipart)
					    : 0;
	if (st < 0)
		return st;
	if (b->kind == BODY_RAW)
		req->body = (struct str){ b->fields.text, b->fields.used };
	req->field = b->fields.pair;
	req->n_field = b->fields.n;
	return 0;
}

void body_done(struct body *b)
{
	if (b->kind == BODY_MULTIPART)
		multipart_done(&b->multipart);
	if (b->fields.text)
		explicit_bzero(b->fields.text, b->fields.used);
	free(b->fields.text);
	*b = (struct body){ 0 };
}
