#include "render/feed.h"
#include <libxml/xmlwriter.h>
#include <time.h>

#define ATOM "http://www.w3.org/2005/Atom"

enum { UID_CHARS = 16 };

/* The library counts failures: once negative, it is enough to look at the end. */
struct out {
	xmlTextWriterPtr w;
	struct arena *mem;
	bool has_failed;
};

static void note(struct out *o, int result)
{
	o->has_failed |= result < 0;
}

/* XML has no place for control characters, however they are written. */
static const xmlChar *zs(struct out *o, struct str s)
{
	char *z = arena_take(o->mem, s.n + 1);
	size_t n = 0;
	o->has_failed |= !z;
	for (size_t i = 0; z && i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= ' ' || c == '\n' || c == '\t')
			z[n++] = s.p[i];
	}
	if (z)
		z[n] = '\0';
	return (const xmlChar *)(z ? z : "");
}

static void put(struct out *o, const char *name, struct str text)
{
	note(o, xmlTextWriterWriteElement(o->w, (const xmlChar *)name, zs(o, text)));
}

static void begin(struct out *o, const char *name)
{
	note(o, xmlTextWriterStartElement(o->w, (const xmlChar *)name));
}

static void attribute(struct out *o, const char *name, struct str value)
{
	note(o, xmlTextWriterWriteAttribute(o->w, (const xmlChar *)name, zs(o, value)));
}

static void end(struct out *o)
{
	note(o, xmlTextWriterEndElement(o->w));
}

static void put_time(struct out *o, const char *name, int64_t at)
{
	struct tm tm;
	char text[32] = "1970-01-01T00:00:00Z";
	time_t t = (time_t)at;
	if (gmtime_r(&t, &tm))
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	put(o, name, str_c(text));
}

static void put_id(struct out *o, struct str uid)
{
	const char *u = arena_z(o->mem, uid);
	if (!u || uid.n != UID_CHARS) {
		o->has_failed = true;
		return;
	}
	put(o, "id",
		arena_f(o->mem, "urn:uuid:%.8s-%.4s-8%.3s-8000-%.1s%011d", u, u + 8, u + 12, u + 15,
			0));
}

/* FNV-1a: a feed needs no more than an identity that stays. */
static struct str uid_of(struct out *o, struct str key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001b3);
	return arena_f(o->mem, "%016llx", (unsigned long long)hash);
}

static void put_link(struct out *o, const char *rel, struct str url)
{
	begin(o, "link");
	attribute(o, "rel", str_c(rel));
	attribute(o, "href", url);
	end(o);
}

static void put_entry(struct out *o, const struct feed_entry *e)
{
	begin(o, "entry");
	attribute(o, "xml:lang", e->lang);
	put_id(o, e->uid);
	put(o, "title", e->title);
	put_link(o, "alternate", e->url);
	put_time(o, "published", e->at);
	put_time(o, "updated", e->at);
	begin(o, "author");
	put(o, "name", e->by);
	end(o);
	put(o, "content", e->body);
	end(o);
}

static void put_feed(struct out *o, const struct feed *f)
{
	note(o, xmlTextWriterStartDocument(o->w, NULL, "UTF-8", NULL));
	begin(o, "feed");
	attribute(o, "xmlns", STR(ATOM));
	attribute(o, "xml:lang", f->lang);
	put_id(o, uid_of(o, f->key));
	put(o, "title", f->title);
	put_link(o, "self", f->self);
	put_link(o, "alternate", f->page);
	put_time(o, "updated", f->n_entry ? f->entry[0].at : 0);
	for (size_t i = 0; i < f->n_entry; i++)
		put_entry(o, &f->entry[i]);
	end(o);
	note(o, xmlTextWriterEndDocument(o->w));
}

int feed_atom(struct arena *mem, const struct feed *f, struct str *ret)
{
	xmlBufferPtr buffer = xmlBufferCreate();
	struct out o = { .w = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL, .mem = mem };
	if (o.w)
		put_feed(&o, f);
	bool is_whole = o.w && !o.has_failed;
	xmlFreeTextWriter(o.w);
	*ret = (struct str){ 0 };
	if (is_whole)
		*ret = arena_copy(mem,
			(struct str){ (const char *)xmlBufferContent(buffer),
				(size_t)xmlBufferLength(buffer) });
	xmlBufferFree(buffer);
	return ret->p ? 0 : err_note(ERR_NOMEM, "feed");
}
