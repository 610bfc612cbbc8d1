/* Those that were made, and their checksums. */
#include "openrosa/xform.h"
#include <libdeflate.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

struct xforms {
	pthread_mutex_t lock;
	struct xform made[XFORMS_MAX];
	size_t n;
	struct arena mem;
};

int xforms_open(struct xforms **ret)
{
	struct xforms *x = calloc(1, sizeof *x);
	if (!x)
		return err_note(ERR_NOMEM, "XForms");
	pthread_mutex_init(&x->lock, NULL);
	arena_init(&x->mem, (size_t)XFORMS_MAX * XFORM_MAX);
	*ret = x;
	return 0;
}

void xforms_close(struct xforms *x)
{
	if (!x)
		return;
	pthread_mutex_destroy(&x->lock);
	arena_done(&x->mem);
	free(x);
}

static int sum(struct str text, char ret[XFORM_MD5_CHARS + 1])
{
	uint8_t md5[EVP_MAX_MD_SIZE] = { 0 };
	unsigned n = 0;
	if (!EVP_Digest(text.p, text.n, md5, &n, EVP_md5(), NULL) || 2 * n != XFORM_MD5_CHARS)
		return err_note(ERR_BUG, "MD5 is not to be had");
	hex_text(md5, n, ret);
	return 0;
}

/* Six languages say much the same: a sixth of it is left. */
static int compress(struct str text, struct arena *mem, struct str *ret)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	size_t room = c ? libdeflate_gzip_compress_bound(c, text.n) : 0, n = 0;
	char *to = c ? malloc(room) : NULL;
	if (to)
		n = libdeflate_gzip_compress(c, text.p, text.n, to, room);
	libdeflate_free_compressor(c);
	*ret = n ? arena_copy(mem, (struct str){ to, n }) : (struct str){ 0 };
	free(to);
	return ret->p ? 0 : err_note(ERR_NOMEM, "an XForm");
}

static int make(const struct shelf_form *f, struct arena *mem, struct xform *ret)
{
	auto_buf text;
	buf_init(&text, XFORM_MAX);
	struct xform made = { .form = f->id };
	int result = xform_write(f, &text);
	if (result == 0)
		result = sum(buf_view(&text), made.md5);
	if (result < 0)
		return result;
	made.n = text.n;
	result = compress(buf_view(&text), mem, &made.gzip);
	*ret = made;
	return result;
}

int xform_text(const struct xform *x, struct buf *to)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	char *room = d ? buf_room(to, x->n) : NULL;
	if (!room) {
		libdeflate_free_decompressor(d);
		return err_note(ERR_NOMEM, "an XForm");
	}
	enum libdeflate_result result = libdeflate_gzip_decompress(
		d, x->gzip.p, x->gzip.n, room, x->n, NULL);
	libdeflate_free_decompressor(d);
	if (result != LIBDEFLATE_SUCCESS)
		return err_note(ERR_BUG, "an XForm that cannot be read again");
	to->n += x->n;
	return 0;
}

static int get(struct xforms *x, const struct shelf_form *f, struct arena *mem, struct xform *ret)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->made[i].form == f->id) {
			*ret = x->made[i];
			return 0;
		}
	if (x->n == XFORMS_MAX)
		return make(f, mem, ret);
	int result = make(f, &x->mem, &x->made[x->n]);
	if (result == 0)
		*ret = x->made[x->n++];
	return result;
}

int xforms_get(struct xforms *x, const struct shelf_form *f, struct arena *mem, struct xform *ret)
{
	pthread_mutex_lock(&x->lock);
	int result = get(x, f, mem, ret);
	pthread_mutex_unlock(&x->lock);
	return result;
}
