#include "account/user.h"
#include "account/account.h"
#include "account/account.sql.h"
#include "account/audit.h"
#include "account/roles.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "crypto/password.h"
#include "form/value.h"

enum { USAGE = 2, FAULT = 1, SHOWN_MAX = 10000 };

struct user_call {
	struct db *db;
	const struct keys *keys;
	struct arena mem;
	int argc;
	char **argv; /* behind the word */
};

static const char help[] =
	"baraza user: look after accounts\n"
	"\n"
	"  user add NAME ROLES             a new account; its password is one line of standard input\n"
	"  user invite ROLES               a link for a new account, good once, for seven days\n"
	"  user list                       names, roles and whether there is a second step\n"
	"  user reset NAME                 a link for a new password; takes the second step away\n"
	"  user disable NAME               ends all sessions; signing in is off\n"
	"  user enable NAME                signing in is on again\n"
	"  user role NAME ROLES            these roles over the whole site instead of the present ones\n"
	"\n"
	"ROLES is a list such as moderator,editor: organiser moderator translator editor responder\n"
	"admin, or none.\n";

void account_user_help(void)
{
	fputs(help, stdout);
}

static int complain(const char *what)
{
	fprintf(stderr, "baraza user: %s\n", what);
	return FAULT;
}

static int failed(int st)
{
	fprintf(stderr, "baraza user: %s: %s\n", err_name(st), err_noted());
	return FAULT;
}

/* "moderator,editor" as a set of enum role; -1 when a word is none. */
static int parse_roles(struct str list)
{
	int roles = 0;
	struct str one;
	if (str_is(list, "none"))
		return 0;
	while (str_cut(&list, ',', &one)) {
		int bit = 0;
		for (int i = 0; i < ROLE_COUNT; i++)
			if (str_is(one, role_rows[i].value))
				bit = role_rows[i].bit;
		if (!bit)
			return -1;
		roles |= bit;
	}
	return roles;
}

static void print_roles(int roles)
{
	const char *between = "";
	for (int i = 0; i < ROLE_COUNT; i++)
		if (roles & role_rows[i].bit) {
			printf("%s%s", between, role_rows[i].value);
			between = ",";
		}
	if (!roles)
		printf("none");
}

static int find(struct user_call *c, struct account_by_key_row *ret)
{
	struct str key;
	int st = account_name_key(str_c(c->argv[0]), &c->mem, &key);
	if (st == 0)
		st = account_by_key(c->db, &c->mem, key, ret);
	if (st == 0 || st == ERR_INPUT)
		return err_note(ERR_MISSING, "no account has this name");
	return st < 0 ? st : 0;
}

/* Read as the sign-in form reads it, so that both mean the same password. */
static int read_password(struct user_call *c, char *line, size_t size, struct str *ret)
{
	if (!fgets(line, (int)size, stdin))
		return err_note(ERR_INPUT, "no password on standard input");
	struct str s = { line, strcspn(line, "\r\n") };
	if (!utf8_ok(s) || utf8_count(s) < PASSWORD_MIN)
		return err_note(ERR_INPUT, "a password has at least %d letters", PASSWORD_MIN);
	return value_text(s, FIELD_SECRET, &c->mem, ret);
}

/* What the console does is done by the house. */
static int note(struct user_call *c, enum audit_what what, int64_t ref, int64_t n)
{
	return audit_put(
		c->db, clock_now(), &(struct audit_line){ .what = what, .ref = ref, .n = n });
}

static int add(struct user_call *c)
{
	char line[1024], hash[PASSWORD_HASH_SIZE];
	struct str password;
	struct account_id id;
	auto_tx tx = { 0 };
	int roles = parse_roles(str_c(c->argv[1]));
	if (roles < 0)
		return complain("not a list of roles");
	int st = read_password(c, line, sizeof line, &password);
	if (st == 0)
		st = password_hash_now(&c->keys->password, password, hash);
	wipe(line, sizeof line);
	if (st == 0)
		st = db_tx_begin(c->db, &tx);
	if (st >= 0)
		st = account_make(c->db, &c->mem, str_c(c->argv[0]), str_c(hash), &id);
	if (st == 0)
		st = account_roles_set(c->db, id, WHOLE_SITE, roles);
	if (st == 0)
		st = note(c, AUDIT_ACCOUNT_MADE, id.v, roles);
	if (st == 0)
		st = db_tx_end(&tx);
	if (st == ERR_CONFLICT)
		return complain("this name is taken");
	return st < 0 ? failed(st) : 0;
}

static int print_link(struct user_call *c, const struct invite *what)
{
	struct invite_token token = { 0 };
	auto_tx tx = { 0 };
	int st = db_tx_begin(c->db, &tx);
	if (st == 0)
		st = account_invite_make(c->db, &c->mem, c->keys, what, clock_now(), &token);
	if (st == 0)
		st = note(c, what->account.v ? AUDIT_RESET_ASKED : AUDIT_INVITED, what->account.v,
			what->roles);
	if (st == 0)
		st = db_tx_end(&tx);
	if (st)
		return failed(st);
	printf("/invite/%s\n", token.z);
	wipe(&token, sizeof token);
	return 0;
}

static int invite(struct user_call *c)
{
	int roles = parse_roles(str_c(c->argv[0]));
	if (roles < 0)
		return complain("not a list of roles");
	return print_link(c, &(struct invite){ .space = WHOLE_SITE, .roles = roles });
}

static int reset(struct user_call *c)
{
	struct account_by_key_row row = { 0 };
	int st = find(c, &row);
	return st ? failed(st) : print_link(c, &(struct invite){ .account = { row.id } });
}

static int list(struct user_call *c)
{
	struct account_all_row *row;
	size_t n = 0;
	int st = account_all(c->db, &c->mem, SHOWN_MAX, &row, &n);
	for (size_t i = 0; st >= 0 && i < n; i++) {
		struct account_roles_in_row roles = { 0 };
		st = account_roles_in(c->db, &c->mem, row[i].id, WHOLE_SITE, &roles);
		printf("%.*s\t", STR_ARG(row[i].name));
		print_roles((int)roles.roles);
		printf("\t%s\t%s\n", row[i].has_second_step ? "second step" : "password only",
			row[i].is_disabled ? "disabled" : "enabled");
	}
	return st < 0 ? failed(st) : 0;
}

static int set_disabled(struct user_call *c, int is_disabled)
{
	struct account_by_key_row row = { 0 };
	auto_tx tx = { 0 };
	int st = db_tx_begin(c->db, &tx);
	if (st == 0)
		st = find(c, &row);
	if (st == 0 && is_disabled)
		st = account_is_last_admin(c->db, &c->mem, (struct account_id){ row.id });
	if (st > 0)
		return complain("this is the only administrator");
	if (st == 0)
		st = account_disabled_set(c->db, row.id, is_disabled);
	if (st >= 0)
		st = note(c, is_disabled ? AUDIT_ACCOUNT_OFF : AUDIT_ACCOUNT_ON, row.id, 0);
	if (st == 0)
		st = db_tx_end(&tx);
	return st < 0 ? failed(st) : 0;
}

static int disable(struct user_call *c)
{
	return set_disabled(c, 1);
}

static int enable(struct user_call *c)
{
	return set_disabled(c, 0);
}

static int role(struct user_call *c)
{
	struct account_by_key_row row = { 0 };
	int roles = parse_roles(str_c(c->argv[1]));
	if (roles < 0)
		return complain("not a list of roles");
	auto_tx tx = { 0 };
	int st = db_tx_begin(c->db, &tx);
	if (st == 0)
		st = find(c, &row);
	if (st == 0 && !(roles & ROLE_ADMIN))
		st = account_is_last_admin(c->db, &c->mem, (struct account_id){ row.id });
	if (st > 0)
		return complain("this is the only administrator");
	if (st == 0)
		st = account_roles_set(c->db, (struct account_id){ row.id }, WHOLE_SITE, roles);
	if (st == 0)
		st = note(c, AUDIT_ROLES_SET, row.id, roles);
	if (st == 0)
		st = db_tx_end(&tx);
	return st < 0 ? failed(st) : 0;
}

int account_user_command(int argc, char **argv, struct db *db, const struct keys *keys)
{
	static const struct {
		const char *word;
		int words;
		int (*run)(struct user_call *c);
	} command[] = { { "add", 2, add }, { "invite", 1, invite }, { "list", 0, list },
		{ "reset", 1, reset }, { "disable", 1, disable }, { "enable", 1, enable },
		{ "role", 2, role } };
	for (size_t i = 0; argc > 0 && i < sizeof command / sizeof *command; i++) {
		if (strcmp(argv[0], command[i].word) != 0 || argc != command[i].words + 1)
			continue;
		struct user_call call = { db, keys, { 0 }, argc - 1, argv + 1 };
		arena_init(&call.mem, 16 << 20);
		int status = command[i].run(&call);
		arena_done(&call.mem);
		return status;
	}
	fputs(help, stderr);
	return USAGE;
}
