/* A space, written as a folder. */
#include "participate/bundle.sql.h"
#include "participate/bundle_inner.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct out {
	struct db *db;
	struct arena *mem;
	const char *part; /* the folder while it is not whole */
	struct bundle_space space;
	struct bundle_count n;
};

/* Who of the staff wrote something is the house's own business; that somebody did is not. */
static void put_staff(struct sheet_out *o, struct opt_i64 account)
{
	sheet_put_number(o, account.has);
}

static int out_people(struct out *x, struct sheet_out *o)
{
	struct bundle_people_row *p;
	struct bundle_people_crowds_row *c;
	size_t n = 0, n_crowd = 0, at = 0;
	int result = bundle_people(x->db, x->mem, x->space.id, &p, &n);
	if (result >= 0)
		result = bundle_people_crowds(x->db, x->mem, x->space.id, &c, &n_crowd);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		auto_buf crowds;
		buf_init(&crowds, 1 << 20);
		for (; at < n_crowd && c[at].seat == p[i].id; at++)
			buf_f(&crowds, "%s%lld", crowds.n ? " " : "",
				(long long)bundle_place(&x->space.crowd, c[at].crowd));
		sheet_put_number(o, p[i].number);
		sheet_put_words(o, p[i].alias);
		sheet_put_code(o, p[i].lang);
		sheet_put_code(o, p[i].country);
		sheet_put_number(o, p[i].is_trusted);
		sheet_put_code(o, buf_view(&crowds));
		sheet_put_end(o);
	}
	x->n.people = (int64_t)n;
	return result;
}

static int out_items(struct out *x, struct sheet_out *o)
{
	struct bundle_items_row *r;
	size_t n = 0;
	int result = bundle_items(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		int64_t theme = bundle_place(&x->space.theme, r[i].theme.v);
		sheet_put_code(o, r[i].uid);
		sheet_put_number(o, r[i].kind);
		sheet_put_code(o, r[i].parent);
		sheet_put_number(o, r[i].number);
		sheet_put_opt(o, r[i].seat);
		put_staff(o, r[i].account);
		sheet_put_code(o, r[i].lang);
		sheet_put_opt(o, (struct opt_i64){ theme, r[i].theme.has && theme });
		sheet_put_number(o, r[i].status);
		sheet_put_number(o, r[i].is_seed);
		sheet_put_number(o, r[i].is_meta);
		sheet_put_code(o, r[i].merged_into);
		sheet_put_number(o, r[i].created_at);
		sheet_put_opt(o, r[i].published_at);
		sheet_put_number(o, r[i].changed_at);
		sheet_put_end(o);
	}
	x->n.items = (int64_t)n;
	return result;
}

static int out_texts(struct out *x, struct sheet_out *o)
{
	struct bundle_texts_row *r;
	size_t n = 0;
	int result = bundle_texts(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].item);
		sheet_put_code(o, r[i].lang);
		sheet_put_number(o, r[i].version);
		sheet_put_number(o, r[i].origin);
		sheet_put_number(o, r[i].is_reviewed);
		put_staff(o, r[i].account);
		sheet_put_number(o, r[i].at);
		sheet_put_words(o, r[i].title);
		sheet_put_words(o, r[i].body);
		sheet_put_end(o);
	}
	return result;
}

static int out_past(struct out *x, struct sheet_out *o)
{
	struct bundle_pasts_row *r;
	size_t n = 0;
	int result = bundle_pasts(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].item);
		sheet_put_code(o, r[i].lang);
		sheet_put_number(o, r[i].version);
		sheet_put_number(o, r[i].origin);
		put_staff(o, r[i].account);
		sheet_put_number(o, r[i].at);
		sheet_put_words(o, r[i].title);
		sheet_put_words(o, r[i].body);
		sheet_put_end(o);
	}
	return result;
}

static int out_votes(struct out *x, struct sheet_out *o)
{
	struct bundle_votes_row *r;
	size_t n = 0;
	int result = bundle_votes(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_number(o, r[i].seat);
		sheet_put_code(o, r[i].item);
		sheet_put_number(o, r[i].value);
		sheet_put_number(o, r[i].at);
		sheet_put_end(o);
	}
	x->n.votes = (int64_t)n;
	return result;
}

static int out_useful(struct out *x, struct sheet_out *o)
{
	struct bundle_usefuls_row *r;
	size_t n = 0;
	int result = bundle_usefuls(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].item);
		sheet_put_number(o, r[i].seat);
		sheet_put_end(o);
	}
	return result;
}

static int out_flags(struct out *x, struct sheet_out *o)
{
	struct bundle_flags_row *r;
	size_t n = 0;
	int result = bundle_flags(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].item);
		sheet_put_number(o, r[i].seat);
		sheet_put_number(o, r[i].reason);
		sheet_put_number(o, r[i].is_open);
		sheet_put_number(o, r[i].at);
		sheet_put_end(o);
	}
	return result;
}

static int out_links(struct out *x, struct sheet_out *o)
{
	struct bundle_edges_row *r;
	size_t n = 0;
	int result = bundle_edges(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].from_item);
		sheet_put_code(o, r[i].to_item);
		sheet_put_number(o, r[i].relation);
		put_staff(o, r[i].account);
		sheet_put_number(o, r[i].at);
		sheet_put_words(o, r[i].quote);
		sheet_put_end(o);
	}
	return result;
}

static int out_decisions(struct out *x, struct sheet_out *o)
{
	struct bundle_decisions_row *r;
	size_t n = 0;
	int result = bundle_decisions(x->db, x->mem, x->space.id, &r, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		sheet_put_code(o, r[i].item);
		sheet_put_number(o, r[i].verdict);
		sheet_put_number(o, r[i].reason);
		sheet_put_number(o, r[i].at);
		sheet_put_words(o, r[i].word);
		sheet_put_end(o);
	}
	return result;
}

/* On disk before this returns. */
static int write_file(const char *folder, const char *name, struct str text)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wbe");
	bool is_fine = f && fwrite(text.p, 1, text.n, f) == text.n && fflush(f) == 0 &&
		fsync(fileno(f)) == 0;
	if (f && fclose(f) != 0)
		is_fine = false;
	return is_fine ? 0 : err_note(ERR_IO, "%s: %s", name, strerror(errno));
}

static int write_sheet(struct out *x, enum bundle_file which)
{
	static int (*const outs[BUNDLE_FILES])(struct out * x, struct sheet_out * o) = {
		[BUNDLE_PEOPLE] = out_people,
		[BUNDLE_ITEMS] = out_items,
		[BUNDLE_TEXTS] = out_texts,
		[BUNDLE_PAST] = out_past,
		[BUNDLE_VOTES] = out_votes,
		[BUNDLE_USEFUL] = out_useful,
		[BUNDLE_FLAGS] = out_flags,
		[BUNDLE_LINKS] = out_links,
		[BUNDLE_DECISIONS] = out_decisions,
	};
	const struct bundle_shape *shape = &bundle_shapes[which];
	auto_buf b;
	struct sheet_out o = { .b = &b };
	buf_init(&b, BUNDLE_FILE_MAX);
	sheet_put_head(&o, shape->column);
	int result = outs[which](x, &o);
	if (result >= 0 && b.failed)
		result = err_note(b.failed, "%s: too large", shape->name);
	return result < 0 ? result : write_file(x->part, shape->name, buf_view(&b));
}

static int write_space(struct out *x, struct str slug)
{
	json_t *json;
	int result = bundle_space_json(x->db, x->mem, slug, &x->space, &json);
	if (result < 0)
		return result;
	char *text = json_dumps(json, JSON_INDENT(1));
	json_decref(json);
	if (!text)
		return err_note(ERR_NOMEM, "space.json");
	result = write_file(x->part, "space.json", str_c(text));
	free(text);
	return result;
}

/* Asks stand beside what was said, and are told of. What was said about a document cannot be
 * parted from it. */
static int check_outcome(struct out *x)
{
	struct bundle_outcome_row row = { 0 };
	int found = bundle_outcome(x->db, x->mem, x->space.id, &row);
	if (found >= 0 && row.documents)
		return err_note(ERR_CONFLICT,
			"it has documents, which a bundle does not hold: move the house by --backup");
	x->n.asks_left = row.asks;
	return found < 0 ? found : 0;
}

static int write_all(struct out *x, struct str slug)
{
	auto_tx tx = { 0 }; /* one steady view */
	int result = db_tx_begin(x->db, &tx);
	if (result == 0)
		result = write_space(x, slug);
	if (result >= 0)
		result = check_outcome(x);
	for (enum bundle_file f = 0; result >= 0 && f < BUNDLE_FILES; f++)
		result = write_sheet(x, f);
	return result;
}

static void remove_part(const char *folder)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/space.json", folder);
	unlink(path);
	for (enum bundle_file f = 0; f < BUNDLE_FILES; f++) {
		snprintf(path, sizeof path, "%s/%s", folder, bundle_shapes[f].name);
		unlink(path);
	}
	rmdir(folder);
}

int bundle_export(struct db *db, struct arena *mem, struct str slug, const char *folder,
	struct bundle_count *ret)
{
	char part[PATH_MAX - 64];
	int n = snprintf(part, sizeof part, "%s.part", folder);
	if (n < 0 || (size_t)n >= sizeof part)
		return err_note(ERR_INPUT, "the folder's name is too long");
	if (access(folder, F_OK) == 0)
		return err_note(ERR_CONFLICT, "%s is there already", folder);
	if (mkdir(part, 0700) != 0)
		return err_note(errno == EEXIST ? ERR_CONFLICT : ERR_IO, "cannot make %s: %s", part,
			strerror(errno));
	struct out x = { .db = db, .mem = mem, .part = part };
	int result = write_all(&x, slug);
	if (result >= 0 && rename(part, folder) != 0)
		result = err_note(ERR_IO, "cannot name %s: %s", folder, strerror(errno));
	if (result < 0) {
		remove_part(part);
		return result;
	}
	*ret = x.n;
	ret->space = x.space.id;
	return 0;
}
