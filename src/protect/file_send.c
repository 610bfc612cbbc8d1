#include "protect/file_send.h"
#include "protect/keep.sql.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_MEM = 1 << 18 };

struct reading {
	struct vault *vault;
	uint8_t cookie[VAULT_COOKIE];
	struct vault_id handle;
	int fd;
	uint8_t piece[STREAM_SEALED];
};

static size_t fill(struct reading *r)
{
	size_t n = 0;
	while (n < sizeof r->piece) {
		ssize_t got = read(r->fd, r->piece + n, sizeof r->piece - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return n;
}

static int more(void *held, char *room, size_t n)
{
	struct reading *r = held;
	struct vault_message said, ask = { .kind = VAULT_PIECE, .object = r->handle };
	auto_arena mem;
	arena_init(&mem, PIECE_MEM);
	memcpy(ask.cookie, r->cookie, sizeof ask.cookie);
	ask.box = (struct str){ (const char *)r->piece, fill(r) };
	int result = vault_ask(r->vault, &ask, &mem, &said);
	if (result == 0 && said.text.n > n)
		result = err_note(ERR_BUG, "a piece that is too large");
	if (result < 0) {
		err_forget(); /* the connection ends, and there is nobody to tell */
		return result;
	}
	memcpy(room, said.text.p, said.text.n);
	explicit_bzero((char *)(uintptr_t)said.text.p, said.text.n);
	return (int)said.text.n;
}

static void done(void *held)
{
	struct reading *r = held;
	auto_close_fd(&r->fd);
	explicit_bzero(r, sizeof *r);
	free(r);
}

/* The vault begins to read; what the card says is in ${said}. */
static int begin(struct visit *v, const struct keep_seat *seat, const struct vault_id *id,
	struct reading *r, struct vault_message *said)
{
	struct keep_file_get_row row;
	uint8_t head[STREAM_HEAD];
	int result = keep_file_get(
		v->db, v->mem, keep_id_bytes(id), keep_id_bytes(&seat->at.of), &row);
	if (result == 0 || (result > 0 && row.compartment != (int64_t)seat->at.compartment))
		return err_note(ERR_MISSING, "no such file in this case");
	if (result > 0)
		result = r->fd = files_read(v->house->files, id, head);
	if (result < 0)
		return result;
	struct vault_message ask = keep_about(seat, VAULT_READ);
	ask.object = *id;
	ask.field = STR(KEEP_FILE);
	ask.box = row.box;
	ask.text = (struct str){ (const char *)head, sizeof head };
	ask.at.epoch = (uint32_t)row.epoch;
	result = vault_ask(v->house->vault, &ask, v->mem, said);
	wipe(&ask, sizeof ask);
	return result;
}

static int send_it(
	struct visit *v, struct reading *r, const struct vault_message *said, bool wants_look)
{
	struct keep_shown card = { 0 };
	if (!keep_card_read(said->text, &card))
		return err_note(ERR_BUG, "a card of another shape");
	bool is_look = wants_look && str_starts(card.type, "image/");
	struct str type = arena_copy(v->mem, is_look ? card.type : STR("application/octet-stream"));
	int result = type.p ? visit_name(v, card.text, is_look) : ERR_NOMEM;
	if (result < 0)
		return result;
	v->res->status = 200;
	v->res->type = type;
	v->res->make = more;
	v->res->make_n = (int64_t)card.size;
	v->res->release = done;
	v->res->held = r;
	return 0;
}

int file_send(
	struct visit *v, const struct keep_seat *seat, const struct vault_id *id, bool wants_look)
{
	struct vault_message said;
	struct reading *r = calloc(1, sizeof *r);
	if (!r)
		return ERR_NOMEM;
	r->fd = -1;
	r->vault = v->house->vault;
	memcpy(r->cookie, seat->cookie, sizeof r->cookie);
	int result = begin(v, seat, id, r, &said);
	r->handle = result == 0 ? said.found : r->handle;
	if (result == 0)
		result = send_it(v, r, &said, wants_look);
	if (result != 0)
		done(r);
	return result;
}
