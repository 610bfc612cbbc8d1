#include "render/orientation.h"
#include <stdint.h>

enum { ORIENTATIONS = 8 };

static unsigned number(const uint8_t *p, size_t n, bool is_little)
{
	unsigned all = 0;
	for (size_t i = 0; i < n; i++)
		all = all << 8 | p[is_little ? n - 1 - i : i];
	return all;
}

/* The tag 0x0112 of the first directory of a TIFF, as Exif has it: 1 to 8; 1 when it is not there.
 */
static unsigned tiff_orientation(const uint8_t *p, size_t n)
{
	if (n < 8)
		return 1;
	bool is_little = p[0] == 'I';
	size_t at = number(p + 4, 4, is_little);
	if (at > n || n - at < 2)
		return 1;
	size_t entries = number(p + at, 2, is_little);
	for (size_t i = 0; i < entries && at + 2 + 12 * (i + 1) <= n; i++) {
		const uint8_t *entry = p + at + 2 + 12 * i;
		if (number(entry, 2, is_little) == 0x0112) {
			unsigned way = number(entry + 8, 2, is_little);
			return way >= 1 && way <= ORIENTATIONS ? way : 1;
		}
	}
	return 1;
}

unsigned orientation_of(struct str jpeg)
{
	const uint8_t *p = (const uint8_t *)jpeg.p;
	size_t at = 2;
	while (at + 4 <= jpeg.n && p[at] == 0xff && p[at + 1] != 0xda) {
		size_t n = number(p + at + 2, 2, false);
		if (n < 2 || n > jpeg.n - at - 2)
			return 1;
		if (p[at + 1] == 0xe1 && n >= 8 && !memcmp(p + at + 4, "Exif\0\0", 6))
			return tiff_orientation(p + at + 10, n - 8);
		at += 2 + n;
	}
	return 1;
}
