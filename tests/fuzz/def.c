/* Definitions: any bytes in; what is read hangs together. */
#include "record/def.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct def *d;
	arena_init(&mem, 16 << 20);
	if (def_read(&mem, "fuzz", (struct str){ (const char *)p, n }, &d) < 0)
		return 0;
	must(d->n_field && d->n_state && d->order < (int)d->n_field);
	for (size_t i = 0; i < d->n_field; i++) {
		must(def_field_find(d, d->field[i].name) == (int)i);
		must(d->field[i].repeat < (int)d->n_field && d->field[i].end <= (int)d->n_field);
		must(!d->field[i].list.n || d->field[i].n_choice);
	}
	for (size_t i = 0; i < d->n_move; i++)
		must(d->move[i].to >= 0 && d->move[i].from && !(d->move[i].by >> d->n_role));
	for (size_t i = 0; i < d->n_access; i++)
		must(d->access[i].may && d->access[i].role < (int)d->n_role);
	return 0;
}
