/* What a plain XLSForm leaves out, because it knows neither states nor rights. */
#include "record/def_inner.h"

int def_plain(struct def_reader *r)
{
	static const char *const rows[][ACCESS_FIELDS + 1] = {
		{ "staff", "", "create", "" },
		{ "author", "*", "read", "all" },
		{ "lead", "*", "read write message note export", "open" },
	};
	int result = 0;
	r->state[r->def->n_state++] = (struct def_state){ STR("sent"), STR("Sent"),
		.is_done = true };
	if (r->def->n_access || r->n_wait == 0)
		return 0;
	for (size_t i = 0; i < r->n_wait; i++)
		if (r->wait[i].kind == WAIT_ACCESS)
			return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows && result == 0; i++) {
		struct def_wait w = { .kind = WAIT_ACCESS, .line = r->settings_line };
		for (int k = ACCESS_ROLE; k <= ACCESS_FIELDS; k++)
			w.cell[k] = str_c(rows[i][k]);
		result = def_access_row(r, &w);
	}
	return result;
}

static bool has_settings(struct arena *mem, struct str text, bool *ret_is_csv, char *ret_sep)
{
	struct table t = { 0 };
	bool has = false;
	int result;
	table_init(&t, mem, text);
	*ret_is_csv = t.is_csv;
	*ret_sep = t.csv.sep;
	do {
		result = table_next(&t);
		has |= t.name.p && str_is(t.name, "settings");
	} while (result > 0);
	table_done(&t);
	/* What cannot be read tells why when it is. */
	return has || result < 0;
}

int def_plain_text(struct arena *mem, struct str name, struct str text, struct str *ret)
{
	struct str stem = { name.p, str_find(name, '.') };
	bool is_csv = false;
	char sep = ',';
	bool has = has_settings(mem, text, &is_csv, &sep);
	*ret = text;
	if (has || !is_csv || !def_name_ok(stem))
		return 0;
	*ret = arena_f(mem, "%.*s%ssettings%c\n%cform_id%cform_title%cversion\n%c%.*s%c%.*s%c1\n",
		STR_ARG(text), text.n && text.p[text.n - 1] == '\n' ? "" : "\n", sep, sep, sep, sep,
		sep, STR_ARG(stem), sep, STR_ARG(stem), sep);
	return ret->p ? 0 : ERR_NOMEM;
}
