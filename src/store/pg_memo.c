#include "store/pg_memo.h"
#include <ctype.h>

enum { ROWS_MAX = 16, BYTES_MAX = 16384, KEY_MAX = 400, BYTEA = 17 };
enum { WAYS = 8 }; /* places that an answer may have */

/* ---- what a statement reads or writes ---- */

static struct str word_at(const char *p)
{
	size_t n = 0;
	while (isalnum((unsigned char)p[n]) || p[n] == '_')
		n++;
	return (struct str){ p, n };
}

static bool names(const char *sql, struct str table)
{
	for (const char *p = sql; *p;) {
		struct str word = word_at(p);
		if (str_eq(word, table))
			return true;
		p += word.n ? word.n : 1;
	}
	return false;
}

/* Which of the tables that have been written to it names, a bit each. */
static uint64_t reads(const struct pg *pg, struct pg_stmt *s)
{
	for (; s->n_looked < pg->n_tables; s->n_looked++)
		if (names(s->st.sql->pg, pg->table[s->n_looked]))
			s->reads |= UINT64_C(1) << s->n_looked;
	return s->reads;
}

/* PG_TABLES when there is no more room: then its writing spoils everything. */
static size_t table_number(struct pg *pg, struct str name)
{
	size_t i = 0;
	while (i < pg->n_tables && !str_eq(pg->table[i], name))
		i++;
	if (i == pg->n_tables && i < PG_TABLES)
		pg->table[pg->n_tables++] = name;
	return i;
}

static int load_acting(struct pg *pg)
{
	if (pg->acting)
		return 0;
	int rc = pg_command(pg, PG_ACTING);
	return rc == 0 ? pg_collect(pg, &pg->acting) : rc;
}

static bool acts(const struct pg *pg, struct str table)
{
	for (int i = 0; i < PQntuples(pg->acting); i++)
		if (str_eq(str_c(PQgetvalue(pg->acting, i, 0)), table))
			return true;
	return false;
}

int pg_memo_kind(struct pg *pg, struct pg_stmt *s)
{
	static const char insert[] = "INSERT INTO ";
	const char *sql = s->st.sql->pg;
	s->is_read = strncasecmp(sql, "SELECT ", 7) == 0;
	s->writes = PG_TABLES;
	if (pg->db.mode != DB_WRITE || strncasecmp(sql, insert, sizeof insert - 1) != 0)
		return 0;
	struct str table = word_at(sql + sizeof insert - 1);
	int rc = load_acting(pg);
	if (rc == 0 && !acts(pg, table))
		s->writes = table_number(pg, table);
	return rc;
}

/* ---- the answers ---- */

/* The statement and its parameters, each with its length; false when that is too long. */
static bool put_key(const struct pg_stmt *s, struct buf *key)
{
	buf_put(key, &s->st.sql, sizeof s->st.sql);
	for (int i = 0; i < s->st.sql->n_in; i++) {
		const char *value = s->value[i];
		size_t n = !value ? 0 : s->format[i] ? (size_t)s->length[i] : strlen(value);
		buf_byte(key, value != NULL);
		buf_put(key, &n, sizeof n);
		buf_put(key, value ? value : "", n);
	}
	return !key->failed;
}

/* The first of the places of this key. */
static struct pg_answer *places_of(struct pg *pg, struct str key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001b3);
	return &pg->answer[(hash ^ hash >> 32) % (PG_ANSWERS / WAYS) * WAYS];
}

static struct pg_answer *answer_of(struct pg *pg, struct str key)
{
	struct pg_answer *a = places_of(pg, key);
	for (size_t i = 0; i < WAYS; i++)
		if (a[i].rows && str_eq((struct str){ a[i].key, a[i].n_key }, key))
			return &a[i];
	return NULL;
}

/* Where it stood before, or instead of what was read longest ago. */
static struct pg_answer *place_for(struct pg *pg, struct str key)
{
	struct pg_answer *a = places_of(pg, key), *oldest = a, *same = answer_of(pg, key);
	for (size_t i = 1; i < WAYS; i++)
		if (a[i].at < oldest->at)
			oldest = &a[i];
	return same ? same : oldest;
}

static bool is_good(struct pg *pg, struct pg_stmt *s, const struct pg_answer *a)
{
	if (a->at < pg->forgot_at)
		return false;
	uint64_t left = reads(pg, s);
	for (size_t i = 0; left; i++, left >>= 1)
		if ((left & 1) && a->at < pg->wrote_at[i])
			return false;
	return true;
}

static bool may_use(const struct pg *pg, const struct pg_stmt *s)
{
	bool knows = pg->db.mode == DB_READ ? !pg->is_fresh && pg->snapshot[0] : pg->db.is_hasty;
	return knows && pg->db.depth && s->is_read;
}

PGresult *pg_memo_find(struct pg *pg, struct pg_stmt *s)
{
	auto_buf key;
	buf_init(&key, KEY_MAX);
	if (!may_use(pg, s) || !put_key(s, &key))
		return NULL;
	const struct pg_answer *a = answer_of(pg, buf_view(&key));
	return a && is_good(pg, s, a) ? a->rows : NULL;
}

static void drop(struct pg_answer *a)
{
	PQclear(a->rows);
	free(a->key);
	*a = (struct pg_answer){ 0 };
}

/* Bytes are decoded where they lie, which can be done once. */
static bool is_plain(const struct pg_stmt *s, PGresult *r)
{
	bool is = PQntuples(r) <= ROWS_MAX && PQresultMemorySize(r) <= BYTES_MAX;
	for (int i = 0; is && i < s->st.sql->n_out; i++)
		is = PQftype(r, i) != BYTEA;
	return is;
}

bool pg_memo_keep(struct pg *pg, struct pg_stmt *s, PGresult *r)
{
	auto_buf key;
	buf_init(&key, KEY_MAX);
	if (!may_use(pg, s) || !is_plain(s, r) || !put_key(s, &key))
		return false;
	struct str k = buf_view(&key);
	char *copy = malloc(k.n);
	if (!copy)
		return false;
	memcpy(copy, k.p, k.n);
	struct pg_answer *a = place_for(pg, k);
	drop(a);
	*a = (struct pg_answer){ .key = copy, .n_key = k.n, .rows = r, .at = ++pg->clock };
	return true;
}

/* ---- what spoils them ---- */

void pg_memo_wrote(struct pg *pg, const struct pg_stmt *s)
{
	if (s->is_read)
		return;
	pg->n_writes++;
	if (s->writes < PG_TABLES)
		pg->wrote_at[s->writes] = ++pg->clock;
	else
		pg_memo_forget(pg);
}

void pg_memo_forget(struct pg *pg)
{
	pg->forgot_at = ++pg->clock;
}

/* Good still when the last transaction was ours, when nobody older was under way then, nor
 * is now. */
void pg_memo_begin(struct pg *pg, int64_t number, int64_t oldest)
{
	bool is_alone = number == oldest;
	if (!is_alone || !pg->was_alone || number != pg->number + 1) {
		pg_memo_forget(pg);
		pg->others++;
	}
	pg->was_alone = is_alone;
	pg->number = number;
}

void pg_memo_snapshot(struct pg *pg, struct str now)
{
	if (now.n && str_eq(now, str_c(pg->snapshot)))
		return;
	pg_memo_forget(pg);
	pg->snapshot[0] = '\0';
	if (now.n < sizeof pg->snapshot)
		snprintf(pg->snapshot, sizeof pg->snapshot, "%.*s", STR_ARG(now));
}

void pg_memo_done(struct pg *pg)
{
	for (size_t i = 0; i < PG_ANSWERS; i++)
		drop(&pg->answer[i]);
	PQclear(pg->acting);
}
