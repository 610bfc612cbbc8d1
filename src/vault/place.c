#include "vault/place.h"

struct vault_id vault_id_make(void)
{
	struct vault_id id;
	random_bytes(id.b, sizeof id.b);
	return id;
}

struct vault_id vault_id_of(int64_t account)
{
	struct vault_id id = { 0 };
	for (size_t i = 0; i < sizeof account; i++)
		id.b[i] = (uint8_t)((uint64_t)account >> 8 * i);
	return id;
}

/* Whose column says yes in the table of docs/vault.md. */
bool vault_may_hold(enum vault_role role, enum vault_compartment compartment)
{
	static const bool may[VAULT_MECHANISM + 1][VAULT_LIAISON + 1] = {
		[VAULT_REPORTER] = { [VAULT_REPORT] = true,
			[VAULT_IDENTITY] = true,
			[VAULT_FUND] = true },
		[VAULT_HANDLER] = { [VAULT_REPORT] = true,
			[VAULT_INTERNAL] = true,
			[VAULT_LIAISON] = true },
		[VAULT_CUSTODIAN] = { [VAULT_IDENTITY] = true },
		[VAULT_FUND_OFFICER] = { [VAULT_FUND] = true },
		[VAULT_MECHANISM] = { [VAULT_LIAISON] = true },
	};
	return role >= VAULT_REPORTER && role <= VAULT_MECHANISM && compartment >= VAULT_REPORT &&
		compartment <= VAULT_LIAISON && may[role][compartment];
}

bool vault_may_give(enum vault_role from, enum vault_role to, enum vault_compartment compartment)
{
	bool is_reveal = from == VAULT_CUSTODIAN && to == VAULT_HANDLER &&
		compartment == VAULT_IDENTITY;
	/* What a reporter holds is for reading and writing; they choose nobody. */
	return is_reveal ||
		(from != VAULT_REPORTER && from != VAULT_MECHANISM &&
			vault_may_hold(from, compartment) && vault_may_hold(to, compartment));
}

bool vault_place_ok(const struct vault_place *p)
{
	return p->compartment >= VAULT_REPORT && p->compartment <= VAULT_LIAISON && p->epoch > 0;
}

struct str vault_context_str(const struct vault_context *c)
{
	return (struct str){ c->b, c->n };
}

void vault_context_add(struct vault_context *c, const void *p, size_t n)
{
	must(n <= sizeof c->b - c->n);
	memcpy(c->b + c->n, p, n);
	c->n += n;
}

void vault_context_place(const struct vault_place *p, struct vault_context *ret)
{
	const uint8_t tail[] = { (uint8_t)p->compartment, (uint8_t)p->epoch,
		(uint8_t)(p->epoch >> 8), (uint8_t)(p->epoch >> 16), (uint8_t)(p->epoch >> 24) };
	must(vault_place_ok(p));
	ret->n = 0;
	vault_context_add(ret, p->of.b, sizeof p->of.b);
	vault_context_add(ret, tail, sizeof tail);
}

void vault_context_holder(
	const struct vault_place *p, const struct vault_holder *h, struct vault_context *ret)
{
	const uint8_t role = (uint8_t)h->role;
	vault_context_place(p, ret);
	vault_context_add(ret, &role, 1);
	vault_context_add(ret, h->id.b, sizeof h->id.b);
}

void vault_context_object(
	const struct vault_place *p, const struct vault_object *o, struct vault_context *ret)
{
	must(o->field.n > 0 && o->field.n <= VAULT_FIELD_MAX);
	vault_context_place(p, ret);
	vault_context_add(ret, o->id.b, sizeof o->id.b);
	vault_context_add(ret, o->field.p, o->field.n);
}
