#include "protect/report_file.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/report_file.html.h"
#include "protect/routes.h"

enum { KB = 1000, BODY_MAX = (FILE_MAX) + (1 << 20) };

struct drop_in {
	struct opt_i64 file;
};
static const struct form files_form = {
	.name = "files", .size = 1, .body_max = BODY_MAX, .has_files = true
};
static const struct form drop_form = {
	.name = "file-drop",
	.size = sizeof(struct drop_in),
	.body_max = 4096,
	.field = { { "file", FIELD_INT, .is_required = true, .min = 1, .max = FILES_MAX,
		.at = offsetof(struct drop_in, file) } },
};
const struct fault_label file_labels[] = {
	{ "file", MSG_protect_file_title },
	{ 0 },
};

struct file_row file_row_of(struct str type, struct str name, uint64_t size)
{
	return (struct file_row){ name, type, (int64_t)((size + KB - 1) / KB),
		str_starts(type, "image/") };
}

int upload_check(struct visit *v, size_t n, struct upload *ret[UPLOADS_MAX], size_t *ret_n)
{
	*ret_n = upload_all(v, "file", ret);
	if (v->form.n_fault)
		return 1;
	if (!*ret_n)
		form_fault_add(&v->form, "file", MSG_protect_file_none, 0);
	else if (*ret_n > n)
		form_fault_add(&v->form, "file", MSG_protect_file_many, FILES_MAX);
	return v->form.n_fault || upload_faults(v, ret, *ret_n) ? 1 : 0;
}

size_t upload_faults(struct visit *v, struct upload *const all[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (upload_fault(all[i])) {
			form_fault_add(&v->form, "file", file_fault_message(upload_fault(all[i])),
				(int64_t)i + 1);
			return 1;
		}
	return 0;
}

static int show(struct visit *v, const struct unsent *d)
{
	struct report_file_view p = { .frame = quiet_frame(v, MSG_protect_file_title),
		.form = &v->form,
		.n_row = d->n_file,
		.is_full = d->n_file == FILES_MAX };
	for (size_t i = 0; i < d->n_file; i++) {
		struct vault_card card;
		struct str bytes = { (const char *)d->file[i].card, sizeof d->file[i].card };
		if (vault_card_read(bytes, &card) < 0)
			return err_note(ERR_BUG, "a card of a draft");
		p.row[i] = file_row_of(card.type, card.name, card.size);
		secret_wipe(&card.key);
	}
	p.frame.is_fault = v->form.n_fault > 0;
	report_file_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

static int files_show(struct visit *v)
{
	struct unsent *d = arena_take(v->mem, sizeof *d); /* what is shown points into it */
	int result = d && who_form(v) == 0 ? unsent_get(v, d) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_go(v, STR("/r?dropped"));
	return show(v, d);
}

struct adding {
	struct unsent d;
	struct upload *file[UPLOADS_MAX];
	size_t n;
};

static int files_check(struct visit *v)
{
	struct adding *a = arena_take(v->mem, sizeof *a);
	int result = a ? unsent_get(v, &a->d) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_ended(visit_go(v, STR("/r?dropped")));
	if (upload_check(v, FILES_MAX - a->d.n_file, a->file, &a->n))
		return visit_ended(show(v, &a->d));
	v->parked = a;
	return upload_settle(v, a->file, a->n);
}

static int files_act(struct visit *v)
{
	struct adding *a = v->parked;
	v->is_quiet = true;
	if (upload_faults(v, a->file, a->n))
		return show(v, &a->d);
	for (size_t i = 0; i < a->n; i++) {
		const struct file_sealed *made = upload_sealed(a->file[i]);
		if (!made)
			return err_note(ERR_BUG, "a file that was not sealed");
		a->d.file[a->d.n_file++] = *made;
	}
	int result = unsent_keep(v, &a->d);
	return result < 0 ? result : visit_go(v, STR("/r/file"));
}

/* Its body goes with the next sweep. */
static int drop_check(struct visit *v)
{
	struct unsent *d = arena_take(v->mem, sizeof *d);
	int result = d ? unsent_get(v, d) : ERR_NOMEM;
	if (result <= 0 || v->form.n_fault)
		return result < 0 ? result : visit_ended(visit_go(v, STR("/r/file")));
	v->parked = d;
	return VISIT_GO_ON;
}

static int drop_act(struct visit *v)
{
	struct unsent *d = v->parked;
	size_t i = (size_t)visit_in(v, struct drop_in)->file.v - 1;
	v->is_quiet = true;
	if (i >= d->n_file)
		return visit_go(v, STR("/r/file"));
	memmove(&d->file[i], &d->file[i + 1], (d->n_file - i - 1) * sizeof *d->file);
	d->n_file--;
	int result = unsent_keep(v, d);
	return result < 0 ? result : visit_go(v, STR("/r/file"));
}

const struct route report_file_routes[] = {
	{ HTTP_GET, "/r/file", ANYONE, NULL, NULL, files_show },
	{ HTTP_POST, "/r/file", ANYONE, &files_form, files_check, files_act },
	{ HTTP_POST, "/r/file/drop", ANYONE, &drop_form, drop_check, drop_act },
	{ 0 },
};
