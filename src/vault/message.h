/*
 * I know what is said between the house and the vault: each kind of message has its fields,
 * in one order, and is read to its last byte or refused.
 *
 *   length of what follows 4 | kind 1 | answer 1 | zero 2 | (an answer: failure 1) | fields
 */
#pragma once
#include "base/buf.h"
#include "vault/seal.h"
#include "vault/slot.h"

enum vault_kind {
	VAULT_HELLO = 1, /* the vault is ready; only ever answered */
	VAULT_ACCOUNT,   /* a new key for an account, in a slot for its password; begin a session */
	VAULT_UNLOCK,    /* by password: begin a session */
	VAULT_RECOVER,   /* by recovery code: the same */
	VAULT_REKEY,     /* the session's key, in a slot for another password */
	VAULT_ENTER,     /* by receipt: begin a reporter's session */
	VAULT_FIND,      /* by what a receipt's case is looked up */
	VAULT_LOCK,      /* end a session */
	VAULT_EVICT,     /* end all sessions of an account but this one */
	VAULT_CASE,      /* a new case: keys for its holders and its reporter */
	VAULT_OPEN,      /* a text */
	VAULT_SEAL,      /* a text */
	VAULT_GIVE,      /* the key of a compartment to others who may hold it */
	VAULT_ROTATE,    /* the key of its next epoch */
	VAULT_MOVE,      /* a text or card from one epoch or shred slot to another */
	VAULT_RECODE,    /* the session's key, in a slot for a recovery code */
	VAULT_STAY,      /* whose session it is; counts as using it */
	VAULT_CARD,      /* seal the card of a file */
	VAULT_LOOK,      /* what a card says, but for the key */
	VAULT_READ,      /* begin to read a file: its card, and the head of its body */
	VAULT_PIECE,     /* the next piece of it */
	VAULT_MARK,      /* by which a reporter knows a text of theirs again */
	VAULT_ENTRUST,   /* the session's key, in three shares for officers */
	VAULT_PART,      /* an officer takes the outer seal off a share */
	VAULT_REJOIN,    /* another one the inner: the key, in a slot for a new recovery code */
	VAULT_KINDS,
};

enum {
	VAULT_COOKIE = 32,
	VAULT_PASSWORD_MAX = 1024,
	VAULT_HOLDERS_MAX = 64,                             /* that may be named */
	VAULT_LIST_MAX = VAULT_HOLDERS_MAX + VAULT_LIAISON, /* and the reporter */
	VAULT_HOLDER = 1 + 1 + VAULT_ID + 32,               /* compartment, role, id, key */
	VAULT_BOX_MAX = SEALED_ROOM_MAX + SEALED_EXTRA,
	VAULT_HEAD = 8,
	VAULT_MESSAGE_MAX = VAULT_BOX_MAX + 4096, /* a box and what goes with it, or two lists */
};

/* A message, asked or answered. Only the fields of its kind count; texts are views. */
struct vault_message {
	enum vault_kind kind;
	bool is_answer;
	int result; /* of an answer: 0, or a failure and then no fields */
	uint8_t cookie[VAULT_COOKIE];
	struct vault_id account; /* of a reporter: the case */
	struct public_key key;
	uint8_t salt[PASSWORD_SALT], verifier[HASH_BYTES];
	uint8_t slot[SEALED_SECRET], recovery[SEALED_SECRET];
	struct code code;
	struct vault_id found; /* what a receipt's case is looked up by */
	uint8_t role;          /* as whom the session's account holds the wrap; of VAULT_REJOIN:
				* which share */
	struct vault_place at, to;
	uint8_t wrap[PAIR_WRAP], to_wrap[PAIR_WRAP];
	struct secret shred, to_shred;
	struct vault_id object;
	struct str field, password, text, box;
	struct str holders; /* VAULT_HOLDER bytes each */
	struct str wraps;   /* PAIR_WRAP bytes each, in the order of the holders */
};

/* vault_message_write(m, to): Adds the bytes; a text too long is a bug of ours.
 * vault_message_size(head): How many bytes follow these VAULT_HEAD; ERR_INPUT: no head.
 * vault_message_read(head, body, ret): ERR_INPUT: not a message, or something behind it. */
void vault_message_write(const struct vault_message *m, struct buf *to);
int vault_message_size(const uint8_t head[VAULT_HEAD]) must_use;
int vault_message_read(
	const uint8_t head[VAULT_HEAD], struct str body, struct vault_message *ret) must_use;
/* vault_answer_has_secret(kind): Would an answer carry a field that holds a key? For a test:
 * it must be false for all. */
bool vault_answer_has_secret(enum vault_kind kind);

/* vault_holder_write(compartment, holder, to): One of ${holders}.
 * vault_holder_read(holders, i, ret_compartment, ret): ERR_INPUT: no compartment or role. */
void vault_holder_write(
	enum vault_compartment compartment, const struct vault_holder *holder, struct buf *to);
int vault_holder_read(struct str holders, size_t i, enum vault_compartment *ret_compartment,
	struct vault_holder *ret) must_use;
