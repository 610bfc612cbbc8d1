#include "participate/board_draw.h"
#include "crypto/crypto.h"
#include <math.h>
#include <string.h>

/* Evenly spread, in (0, 1); splitmix64, by Steele, Lea and Flood (2014). */
static double chance(uint64_t seed, int64_t item)
{
	uint64_t z = seed + (uint64_t)item * 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return ((double)(z >> 11) + 0.5) / 9007199254740992.0;
}

uint64_t draw_seed(struct str code, int64_t done)
{
	static const struct secret no_key;
	uint8_t hash[HASH_BYTES];
	uint64_t seed;
	char text[64];
	int n = snprintf(text, sizeof text, "%.*s%lld", STR_ARG(code), (long long)done);
	size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	hash_key(&no_key, "draw", (struct str){ text, length }, hash);
	memcpy(&seed, hash, sizeof seed);
	return seed;
}

/* Each waits for a time that is exponential with its weight as the rate; the first one to ring is
 * any given one with a probability in proportion to its weight (Efraimidis and Spirakis 2006). */
void draw_offer(struct draw *d, int64_t item, double weight)
{
	double rate = weight > 0 && isfinite(weight) ? weight : 1;
	double time = -log(chance(d->seed, item)) / rate;
	if (d->item && time >= d->time)
		return;
	d->item = item;
	d->time = time;
}
