#include "account/roles.h"
#include "po/messages.h"

const struct role_row role_rows[ROLE_COUNT] = {
	{ ROLE_ORGANISER, "organiser", MSG_account_role_organiser },
	{ ROLE_MODERATOR, "moderator", MSG_account_role_moderator },
	{ ROLE_TRANSLATOR, "translator", MSG_account_role_translator },
	{ ROLE_EDITOR, "editor", MSG_account_role_editor },
	{ ROLE_RESPONDER, "responder", MSG_account_role_responder },
	{ ROLE_ADMIN, "admin", MSG_account_role_admin },
};

const char *const role_values[ROLE_COUNT + 1] = { "organiser", "moderator", "translator", "editor",
	"responder", "admin", NULL };
