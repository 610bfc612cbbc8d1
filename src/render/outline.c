/*
 * An operator's file ends up in every page with a map, so it is taken apart here, once, to the
 * last byte: a path holds numbers and the letters of SVG's path language, nothing else.
 */
#include "render/outline.h"
#include "render/map.h"

enum { MOST = 600, LARGEST = 4 << 20, WIDEST = 10000 };

static bool is_code(struct str s)
{
	return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

static bool is_path(struct str s)
{
	static const char allowed[] = "MmLlHhVvZz0123456789 .,-";
	if (!s.n || s.p[0] != 'M')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(allowed, s.p[i]))
			return false;
	return true;
}

/* "880 428" */
static bool pair(struct str s, int *ret_x, int *ret_y)
{
	struct str first;
	int64_t x, y;
	str_cut(&s, ' ', &first);
	if (!str_i64(first, &x) || !str_i64(s, &y) || x < 0 || y < 0 || x > WIDEST || y > WIDEST)
		return false;
	*ret_x = (int)x;
	*ret_y = (int)y;
	return true;
}

static bool has(const struct map *m, struct str code)
{
	for (size_t i = 0; i < m->n; i++)
		if (memcmp(m->outline[i].code, code.p, 2) == 0)
			return true;
	return false;
}

/* Why ${line} cannot be taken, or NULL. */
static const char *take(struct map *m, struct str line)
{
	struct str word;
	str_cut(&line, ' ', &word);
	if (str_is(word, "size"))
		return m->width || !pair(line, &m->width, &m->height) || !m->width || !m->height
			? "size is followed by width and height, once"
			: NULL;
	if (!is_code(word))
		return "a line begins with a country's two capital letters";
	if (!m->width)
		return "the size comes first";
	if (has(m, word))
		return "this country was there already";
	if (m->n == MOST)
		return "too many countries";
	struct outline *o = &m->outline[m->n];
	memcpy(o->code, word.p, 2);
	if (is_path(line))
		o->path = line;
	else if (!pair(line, &o->x, &o->y))
		return "behind the letters stands a path (M…) or a dot (x y)";
	m->n++;
	return NULL;
}

static int read_lines(struct map *m, struct str text)
{
	struct str line;
	for (int number = 1; str_cut(&text, '\n', &line); number++) {
		line = str_trim(line);
		const char *why = !line.n || line.p[0] == '#' ? NULL : take(m, line);
		if (why)
			return err_note(ERR_INPUT, "map, line %d: %s", number, why);
	}
	return m->n ? 0 : err_note(ERR_INPUT, "map: no countries in it");
}

int map_read(struct str text, struct map **ret)
{
	if (text.n > LARGEST)
		return err_note(ERR_INPUT, "map: larger than %d bytes", LARGEST);
	struct map *m = calloc(1, sizeof *m);
	if (!m)
		return ERR_NOMEM;
	m->text = malloc(text.n + 1);
	m->outline = calloc(MOST, sizeof *m->outline);
	int bad = m->text && m->outline ? 0 : ERR_NOMEM;
	if (!bad) {
		memcpy(m->text, text.p, text.n);
		bad = read_lines(m, (struct str){ m->text, text.n });
	}
	if (bad) {
		map_close(m);
		return bad;
	}
	*ret = m;
	return 0;
}

void map_close(struct map *m)
{
	if (!m)
		return;
	free(m->text);
	free(m->outline);
	free(m);
}
