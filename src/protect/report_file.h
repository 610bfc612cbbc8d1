/* I take files with a report that is not sent yet, and say of each what was removed from it. */
#pragma once
#include "protect/report.h"

struct file_row {
	struct str name, type;
	int64_t kb;
	bool is_picture; /* made anew */
};
struct report_file_view {
	struct frame frame;
	const struct form_result *form;
	struct file_row row[FILES_MAX];
	size_t n_row;
	bool is_full;
};
extern const struct fault_label file_labels[];

/* file_row_of(type, name, size): For a page. */
struct file_row file_row_of(struct str type, struct str name, uint64_t size);
/* upload_check(v, n, ret, ret_n): What every check of a form with files does first: the files of
 * field "file", of which ${n} more may come. 0: all is well so far; else a fault of the form was
 * added. */
int upload_check(
	struct visit *v, size_t n, struct upload *ret[UPLOADS_MAX], size_t *ret_n) must_use;
/* upload_faults(v, all, n): After they were settled; how many faults were added to the form. */
size_t upload_faults(struct visit *v, struct upload *const all[], size_t n);
