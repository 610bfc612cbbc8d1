/* I show handlers who else reads a case, and let them change it: give keys to one more, hand it
 * over, leave, take somebody out, or send it where those cannot reach it from whom the threat may
 * come. */
#pragma once
#include "protect/case_desk.h"
#include "protect/case_locks.h"

struct people_office {
	int64_t id;
	struct str slug;
};
struct case_people_view {
	struct frame frame;
	const struct form_result *form;
	char id[KEEP_ID_CHARS + 1]; /* empty: all cases of whoever asks */
	int64_t me, taken_by;
	struct locks_person *person, *free;
	size_t n_person, n_free, n_in; /* n_in: of the persons, those who are not out */
	struct people_office *office;
	size_t n_office;
	int64_t n_case; /* that would be handed over */
	bool is_saved;
};
extern const struct fault_label case_people_labels[];

/* people_load(v, c, p): Persons, candidates and offices of a case.
 * people_has(list, n, account): Among them, and not out.
 * people_leaves_two(v, c, but): 1: two are left who can read it, without ${but}; 0.
 * people_shut(v, c, who, why): Keep somebody out, by rows; in a POST's act, like the next.
 * people_change(v, c): Change the locks, and say so in the log. */
int people_load(struct visit *v, const struct keep_case *c, struct case_people_view *p) must_use;
bool people_has(const struct locks_person *list, size_t n, int64_t account) must_use;
int people_leaves_two(struct visit *v, const struct keep_case *c, int64_t but) must_use;
int people_shut(struct visit *v, struct keep_case *c, int64_t who, enum locks_why why) must_use;
int people_change(struct visit *v, struct keep_case *c) must_use;
