/*
 * I am the one way by which protected texts get into the database and out of it: sealed and opened
 * by the vault, for whoever's session holds a key. Nothing here takes a text that is not sealed
 * into a table, and what lacks a key is refused.
 */
#pragma once
#include "account/visit.h"
#include "protect/file.h"
#include "protect/shred.h"
#include "vault/vault.h"

enum keep_state { KEEP_NEW = 1, KEEP_TAKEN, KEEP_CLOSED };
enum keep_turn { KEEP_REPORTER = 1, KEEP_HANDLER }; /* who wrote last */
enum { KEEP_TEXTS_MAX = 500, KEEP_SAID_MAX = 5000 };

/* Who speaks is part of what is sealed: a text that somebody puts into another's mouth does not
 * open. */
#define KEEP_ANSWERS "answers" /* of the report; see told.h */
#define KEEP_CONTACT "contact" /* who reported, the same way, in the identity */
#define KEEP_CONSENT "consent" /* names of steps, parted by blanks; the newest one counts */
#define KEEP_SAID_BY_REPORTER "said by reporter"
#define KEEP_SAID_BY_HANDLER "said by handler"
#define KEEP_NOTE "note"
#define KEEP_FILE "/file"                /* the card of a file; its object has the file's id */
#define KEEP_OWN_RISK "risk by reporter" /* as KEEP_ANSWERS; the newest one counts */
#define KEEP_ASKS_NAME "asks for name by handler"  /* why */
#define KEEP_NAME_ANSWER "name answer by reporter" /* "yes" or "no" to the question before it */
#define KEEP_NAME_ALLOWED \
	"name allowed by reporter" /* the same in the identity, and why: "yes …" */

/* What stands open beside a case. */
struct keep_case {
	struct vault_id id;
	int64_t channel, taken_by; /* taken_by: 0 nobody */
	struct str slug;
	enum keep_state state;
	enum keep_turn turn;
	int64_t created_on, changed_on, due_on; /* days */
	int64_t due_hour, next_hour, pace;      /* see case_clock.h */
	struct public_key key;                  /* the reporter's, and its slot */
	uint8_t slot[SEALED_SECRET];
	int64_t shred;        /* its slot, but for names and payments */
	int64_t withdrawn_on; /* the day on which the reporter took it back; 0: never */
};
/* keep_case_load(v, id, ret): 1, or 0: there is none. Reads v->db. */
int keep_case_load(struct visit *v, const struct vault_id *id, struct keep_case *ret) must_use;
/* keep_id_text(id, ret): As it stands in addresses. keep_id_read(text, ret): false: none. */
enum { KEEP_ID_CHARS = 22 };
void keep_id_text(const struct vault_id *id, char ret[KEEP_ID_CHARS + 1]);
bool keep_id_read(struct str text, struct vault_id *ret) must_use;

/* keep_id_bytes(id): As the database wants it. keep_slot(v, c, compartment): Which slot of the
 * shred file, or negative. keep_slot_pick(v, ret): One that nobody has and nobody had, and what it
 * holds. */
struct str keep_id_bytes(const struct vault_id *id);
int64_t keep_slot(
	struct visit *v, const struct keep_case *c, enum vault_compartment compartment) must_use;
int keep_slot_pick(struct visit *v, int64_t *ret, struct secret *ret_shred) must_use;

/* With what a session works in one compartment of a case. */
struct keep_seat {
	uint8_t cookie[VAULT_COOKIE];
	enum vault_role role;
	int64_t account; /* 0: the reporter */
	struct vault_place at;
	uint8_t wrap[PAIR_WRAP];
	struct secret shred;
};
void keep_seat_wipe(struct keep_seat *s);
#define auto_keep_seat __attribute__((cleanup(keep_seat_wipe))) struct keep_seat
/* keep_sit(v, c, compartment, seat): ${seat} says cookie, role and account; the rest is found. In
 * the newest epoch that it has. ERR_DENIED: it holds no key there. ERR_MISSING: the case was
 * destroyed. */
int keep_sit(struct visit *v, const struct keep_case *c, enum vault_compartment compartment,
	struct keep_seat *seat) must_use;

/* A sealed text on its way into the database. */
struct keep_text {
	struct vault_id id;
	struct vault_place at;
	const char *field; /* a constant */
	int64_t account;
	struct str box;
};
/* keep_seal(v, seat, field, text, ret): ERR_DENIED, ERR_BUSY: the session has ended.
 * keep_put(v, text): Into v->db, in a POST's act. ERR_BUSY: the locks were changed meanwhile.
 * keep_is_now(v, at): The same of a place: 0, or ERR_BUSY. */
int keep_is_now(struct visit *v, const struct vault_place *at) must_use;
int keep_seal(struct visit *v, const struct keep_seat *seat, const char *field, struct str text,
	struct keep_text *ret) must_use;
int keep_put(struct visit *v, const struct keep_text *text) must_use;
/* keep_card(v, seat, file, ret): The card of a file that was sent, as keep_seal. */
int keep_card(struct visit *v, const struct keep_seat *seat, const struct file_sealed *file,
	struct keep_text *ret) must_use;
/* keep_card_read(text, ret): What the vault says of a card: size, type and, as text, its name. */
struct keep_shown;
bool keep_card_read(struct str text, struct keep_shown *ret) must_use;
/* keep_about(seat, kind): What every question about a text has. */
struct vault_message keep_about(const struct keep_seat *seat, enum vault_kind kind);

struct keep_shown {
	struct vault_id id;
	struct str field, text;
	int64_t account, on_day;
	char id_text[KEEP_ID_CHARS + 1];
	bool is_file; /* ${text} is its name */
	uint64_t size;
	struct str type;
	bool is_broken; /* somebody changed what is stored: it does not open */
	/* Details are covered in it. To all but its author: it is the copy, of the text ${first},
	 * which the accounts of ${may} can still read. See cover.h. */
	bool is_covered;
	struct str first, may;
};
/* keep_read(v, seat, ret, ret_n): The texts of a seat's compartment, in order. One that does not
 * open is told, not left out. keep_first: Only the first of them. keep_newest: Only the newest of
 * one field. Of what is covered, the copy; its author is given what was written first.
 * keep_raw(v, seat, id, ret): One text as it is stored: 1, or 0: none. */
int keep_raw(struct visit *v, const struct keep_seat *seat, const struct vault_id *id,
	struct keep_shown *ret) must_use;
int keep_first(struct visit *v, const struct keep_seat *seat, struct keep_shown **ret,
	size_t *ret_n) must_use;
int keep_newest(struct visit *v, const struct keep_seat *seat, const char *field,
	struct keep_shown **ret, size_t *ret_n) must_use;
int keep_read(struct visit *v, const struct keep_seat *seat, struct keep_shown **ret,
	size_t *ret_n) must_use;

/* A text as it is stored. keep_open(v, seat, s, ret): Open it; one that was changed is broken.
 * Failures as of keep_seal. */
struct keep_sealed {
	struct str id;
	int64_t epoch;
	struct str field, box;
	int64_t account, on_day;
};
int keep_open(struct visit *v, const struct keep_seat *seat, const struct keep_sealed *s,
	struct keep_shown *ret) must_use;

/* A new case, ready to be kept. */
struct keep_answer {
	const char *field; /* a constant */
	enum vault_compartment compartment;
	struct str text;
};
struct keep_report {
	struct keep_case c;
	struct vault_id found;
	struct str holders, wraps;
	int64_t name_slot; /* where names are locked apart from the rest … */
	int64_t fund_slot; /* … and payments */
	int64_t *account;  /* whose each wrap is */
	size_t n_text;
	struct keep_text *text;
	const struct file_sealed *file; /* given, like ${c} channel and due_on */
	size_t n_file;
};
/* keep_can_receive(v, channel): 1: two handlers and a custodian hold keys, so that a report can be
 * sealed; 0: it cannot. Reads v->db.
 * keep_report_make(v, c, code, cookie, answers, n, ret): Of ${c} channel and due_on are given.
 * Begins the reporter's session under ${cookie}. ERR_DENIED: nobody could read it, and nothing is
 * made. keep_report_put(v, report): All of it, in a POST's act. */
int keep_can_receive(struct visit *v, int64_t channel) must_use;
int keep_report_make(struct visit *v, const struct code *code, const uint8_t cookie[VAULT_COOKIE],
	const struct keep_answer *answer, size_t n, struct keep_report *ret) must_use;
int keep_report_put(struct visit *v, const struct keep_report *report) must_use;
