#include "protect/demo.h"
#include "account/account.h"
#include "account/account.sql.h"
#include "account/key.h"
#include "po/messages.h"
#include "protect/channel.h"
#include "protect/channel.sql.h"

enum { FIRST_DAYS = 7, NEWS_DAYS = 30, KEEP_DAYS = 365 };

/* A key in the vault's own words: for the password, and for a code on paper that nobody has. */
static int make_key(struct db *db, struct arena *mem, struct house *house,
	const struct protect_demo_person *who, struct account_id id)
{
	struct vault_message said,
		ask = { .kind = VAULT_ACCOUNT,
			.account = vault_id_of(id.v),
			.password = who->password };
	random_bytes(ask.cookie, sizeof ask.cookie);
	int result = vault_ask(house->vault, &ask, mem, &said);
	if (result == 0)
		result = account_key_keep(db, &(struct account_key){ .of = id, .slots = said });
	ask.kind = VAULT_RECODE;
	code_make(&ask.code);
	if (result == 0)
		result = vault_ask(house->vault, &ask, mem, &said);
	if (result == 0)
		result = account_key_recovery_keep(db, id, said.recovery);
	ask.kind = VAULT_LOCK;
	if (result == 0)
		result = vault_ask(house->vault, &ask, mem, &said);
	wipe(&ask, sizeof ask);
	return result;
}

static int make_person(struct db *db, struct arena *mem, struct house *house,
	const struct protect_demo_person *who, struct account_id *ret)
{
	struct str secret = { (const char *)who->second_step, sizeof who->second_step };
	int result = account_make(db, mem, who->name, STR(""), ret);
	if (result >= 0)
		result = make_key(db, mem, house, who, *ret);
	if (result < 0)
		return result;
	struct str box = account_secret_seal(house->keys, *ret, secret, mem);
	return box.p ? account_second_step_set(db, ret->v, box, -1) : ERR_NOMEM;
}

static int make_channel(struct db *db, struct arena *mem, int64_t *ret)
{
	struct channel_add_row row;
	int result = channel_add(db, mem,
		(struct channel_add_in){ .slug = STR("sample"),
			.lang = lang_of(LANG_EN)->code,
			.first_days = FIRST_DAYS,
			.news_days = NEWS_DAYS,
			.keep_days = KEEP_DAYS },
		&row);
	for (int i = 0; i < LANG_COUNT && result >= 0; i++) {
		const struct lang *l = lang_of((enum lang_id)i);
		result = channel_text_put(db, row.id, l->code,
			msg_text(l, MSG_protect_demo_name, 0),
			msg_text(l, MSG_protect_demo_about, 0));
	}
	*ret = result < 0 ? 0 : row.id;
	return result;
}

int protect_demo(struct db *db, struct arena *mem, struct house *house,
	const struct protect_demo_person people[PROTECT_DEMO_PEOPLE])
{
	static const enum vault_role role[PROTECT_DEMO_PEOPLE] = { VAULT_HANDLER, VAULT_HANDLER,
		VAULT_CUSTODIAN, VAULT_FUND_OFFICER };
	int64_t channel = 0;
	int result = make_channel(db, mem, &channel);
	for (size_t i = 0; i < PROTECT_DEMO_PEOPLE && result >= 0; i++) {
		struct account_id id;
		result = make_person(db, mem, house, &people[i], &id);
		if (result >= 0)
			result = channel_holder_add(db, channel, role[i], id.v);
	}
	if (result >= 0)
		result = channel_open_set(db, channel, 1);
	return result < 0 ? result : channel_start(db, house);
}
