/* baraza-image: a picture on standard input is made anew from its dots, on standard output, without
 * anything else that lay in it. The house runs it for each (render/picture.h). Before it looks at
 * the first byte it gives up files, network and every call that it does not need. */
#include "render/orientation.h"
#include "render/picture.h"
#include "vault/sandbox.h"
#include <errno.h>
#include <png.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <turbojpeg.h>
#include <unistd.h>
#include <webp/decode.h>
#include <webp/encode.h>

enum { PIECE = 1 << 16, DOT = 4, QUALITY = 90, SIDE_MAX = 30000 };

/* Dots, four bytes each: red, green, blue, opacity. */
struct dots {
	uint8_t *p;
	size_t wide, high;
};

static int make_room(struct dots *d, size_t wide, size_t high)
{
	if (!wide || !high || wide > SIDE_MAX || high > SIDE_MAX || wide * high > PICTURE_DOTS)
		return PICTURE_HUGE;
	*d = (struct dots){ malloc(wide * high * DOT), wide, high };
	return d->p ? 0 : EXIT_FAILURE;
}

/* ---- how a camera was held ---- */

/* Where the dot at x, y of the upright picture lies in the one that was taken. */
static size_t dot_at(const struct dots *d, unsigned way, size_t x, size_t y)
{
	size_t right = d->wide - 1, low = d->high - 1;
	switch (way) {
	case 2: return y * d->wide + right - x;
	case 3: return (low - y) * d->wide + right - x;
	case 4: return (low - y) * d->wide + x;
	case 5: return x * d->wide + y;
	case 6: return (low - x) * d->wide + y;
	case 7: return (low - x) * d->wide + right - y;
	case 8: return x * d->wide + right - y;
	default: return y * d->wide + x;
	}
}

static int turn(struct dots *d, unsigned way)
{
	struct dots to;
	bool is_side = way >= 5;
	if (way == 1)
		return 0;
	int result = make_room(&to, is_side ? d->high : d->wide, is_side ? d->wide : d->high);
	if (result)
		return result;
	for (size_t y = 0; y < to.high; y++)
		for (size_t x = 0; x < to.wide; x++)
			memcpy(to.p + (y * to.wide + x) * DOT, d->p + dot_at(d, way, x, y) * DOT,
				DOT);
	free(d->p);
	*d = to;
	return 0;
}

/* ---- the three kinds ---- */

static int from_jpeg(struct str in, struct dots *d)
{
	int wide = 0, high = 0, sub = 0, space = 0;
	tjhandle j = tjInitDecompress();
	const unsigned char *p = (const unsigned char *)in.p;
	if (!j)
		return EXIT_FAILURE;
	if (tjDecompressHeader3(j, p, in.n, &wide, &high, &sub, &space) != 0 || wide < 1 ||
		high < 1)
		return PICTURE_BROKEN;
	int result = make_room(d, (size_t)wide, (size_t)high);
	/* What is cut short is shown as far as it goes. */
	if (!result && tjDecompress2(j, p, in.n, d->p, wide, 0, high, TJPF_RGBA, 0) != 0 &&
		tjGetErrorCode(j) == TJERR_FATAL)
		result = PICTURE_BROKEN;
	tjDestroy(j);
	return result ? result : turn(d, orientation_of(in));
}

static int to_jpeg(const struct dots *d, struct str *ret)
{
	unsigned char *out = NULL;
	unsigned long n = 0;
	tjhandle j = tjInitCompress();
	if (!j ||
		tjCompress2(j, d->p, (int)d->wide, 0, (int)d->high, TJPF_RGBA, &out, &n, TJSAMP_420,
			QUALITY, 0) != 0)
		return EXIT_FAILURE;
	*ret = (struct str){ (const char *)out, n };
	return 0;
}

static int from_png(struct str in, struct dots *d)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	if (!png_image_begin_read_from_memory(&image, in.p, in.n))
		return PICTURE_BROKEN;
	image.format = PNG_FORMAT_RGBA;
	int result = make_room(d, image.width, image.height);
	if (!result && !png_image_finish_read(&image, NULL, d->p, 0, NULL))
		result = PICTURE_BROKEN;
	png_image_free(&image);
	return result;
}

static int to_png(const struct dots *d, struct str *ret)
{
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)d->wide,
		.height = (png_uint_32)d->high,
		.format = PNG_FORMAT_RGBA };
	png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(image);
	char *out = malloc(n);
	if (!out || !png_image_write_to_memory(&image, out, &n, 0, d->p, 0, NULL))
		return EXIT_FAILURE;
	*ret = (struct str){ out, n };
	return 0;
}

static int from_webp(struct str in, struct dots *d)
{
	WebPBitstreamFeatures is;
	const uint8_t *p = (const uint8_t *)in.p;
	if (WebPGetFeatures(p, in.n, &is) != VP8_STATUS_OK || is.has_animation)
		return PICTURE_BROKEN;
	int result = make_room(d, (size_t)is.width, (size_t)is.height);
	if (!result &&
		!WebPDecodeRGBAInto(p, in.n, d->p, d->wide * d->high * DOT, (int)d->wide * DOT))
		result = PICTURE_BROKEN;
	return result;
}

static int to_webp(const struct dots *d, struct str *ret)
{
	uint8_t *out = NULL;
	size_t n = WebPEncodeRGBA(
		d->p, (int)d->wide, (int)d->high, (int)d->wide * DOT, QUALITY, &out);
	*ret = (struct str){ (const char *)out, n };
	return n ? 0 : EXIT_FAILURE;
}

static int make_anew(struct str in, struct str *ret)
{
	static int (*const from[])(struct str, struct dots *) = {
		[PICTURE_JPEG] = from_jpeg, [PICTURE_PNG] = from_png, [PICTURE_WEBP] = from_webp
	};
	static int (*const to[])(const struct dots *, struct str *) = {
		[PICTURE_JPEG] = to_jpeg, [PICTURE_PNG] = to_png, [PICTURE_WEBP] = to_webp
	};
	enum picture_kind kind = picture_kind(in);
	struct dots d = { 0 };
	if (kind == PICTURE_NONE)
		return PICTURE_BROKEN;
	int result = from[kind](in, &d);
	return result ? result : to[kind](&d, ret);
}

/* ---- in and out ---- */

static int read_in(struct buf *to)
{
	for (;;) {
		char *room = buf_room(to, PIECE);
		ssize_t n = room ? read(STDIN_FILENO, room, PIECE) : -1;
		if (n == 0)
			return 0;
		if (n < 0 && (!room || errno != EINTR))
			return EXIT_FAILURE;
		to->n += n > 0 ? (size_t)n : 0;
	}
}

static int write_out(struct str s)
{
	while (s.n) {
		ssize_t n = write(STDOUT_FILENO, s.p, s.n);
		if (n < 0 && errno != EINTR)
			return EXIT_FAILURE;
		s = str_from(s, n > 0 ? (size_t)n : 0);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct rlimit cpu = { PICTURE_SECONDS, PICTURE_SECONDS };
	struct str made = STR("");
	auto_buf in = { 0 };
	(void)argv;
	if (argc > 1) {
		puts("baraza-image: read a picture, write it without what is hidden in it. baraza "
		     "runs it for itself.");
		return EXIT_FAILURE;
	}
	buf_init(&in, PICTURE_BYTES + PIECE);
	setrlimit(RLIMIT_CPU, &cpu);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody waits for it any more */
	if (sandbox_quiet() < 0 || sandbox_files() < 0 || sandbox_calls() < 0)
		_exit(EXIT_FAILURE);
	int result = read_in(&in);
	if (!result)
		result = make_anew(buf_view(&in), &made);
	if (!result)
		result = write_out(made);
	_exit(result);
}
