/*
 * I ask what there is to report, one question a page, and keep each answer in the draft that only
 * this browser can open; what was answered is shown once more before it is sent.
 */
#pragma once
#include "protect/report.h"
#include "record/walk.h"

struct fill_report_view {
	struct frame frame;
	const struct form_result *form;
	const struct channel_row *channel; /* where it goes; or the list of them */
	size_t n_channel;
	const struct shelf_form *kind; /* the list of them */
	const struct labels **kind_labels;
	size_t n_kind;
	const struct labels *labels; /* of the one that is filled in */
	struct walk_view walk;
	struct walk_faults faults;
	struct url back, action;
	struct shown all;
	const struct def *def;
	int at, n;
	size_t n_file;
	bool is_checked; /* came from the check page and goes back there */
	bool is_inside;  /* somebody who reads there may be part of it */
	bool has_draft, is_empty;
};
