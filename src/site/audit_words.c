#include "participate/decide.h"
#include "po/messages.h"
#include "site/audit_page.h"

static const struct {
	enum audit_what what;
	const char *name; /* in files */
	int msg;
} words[] = {
	{ AUDIT_SIGNED_IN, "signed in", MSG_site_audit_signed_in },
	{ AUDIT_SIGNED_IN_STEP, "signed in with second step", MSG_site_audit_signed_in_step },
	{ AUDIT_SIGNED_IN_PAPER, "signed in with recovery code", MSG_site_audit_signed_in_paper },
	{ AUDIT_WRONG, "wrong passwords", MSG_site_audit_wrong },
	{ AUDIT_STEP_ON, "second step on", MSG_site_audit_step_on },
	{ AUDIT_STEP_OFF, "second step off", MSG_site_audit_step_off },
	{ AUDIT_CODES_MADE, "recovery codes made", MSG_site_audit_codes_made },
	{ AUDIT_PASSWORD_SET, "password changed", MSG_site_audit_password_set },
	{ AUDIT_SESSIONS_ENDED, "signed out elsewhere", MSG_site_audit_sessions_ended },
	{ AUDIT_ESCROW_ON, "key entrusted", MSG_site_audit_escrow_on },
	{ AUDIT_ESCROW_OFF, "key taken back", MSG_site_audit_escrow_off },
	{ AUDIT_LET_THROUGH, "let through", 0 },
	{ AUDIT_SENT_BACK, "sent back", 0 },
	{ AUDIT_HIDDEN, "hidden", 0 },
	{ AUDIT_MERGED, "merged", 0 },
	{ AUDIT_MOVED, "moved", 0 },
	{ AUDIT_FLAG_ASIDE, "flags put aside", 0 },
	{ AUDIT_FIRST_ADMIN, "first account made", MSG_site_audit_first_admin },
	{ AUDIT_ACCOUNT_MADE, "account made", MSG_site_audit_account_made },
	{ AUDIT_INVITED, "invited", MSG_site_audit_invited },
	{ AUDIT_INVITE_CANCELLED, "invitation cancelled", MSG_site_audit_invite_cancelled },
	{ AUDIT_INVITE_TAKEN, "invitation taken", MSG_site_audit_invite_taken },
	{ AUDIT_RESET_ASKED, "link for new password made", MSG_site_audit_reset_asked },
	{ AUDIT_RESET_TAKEN, "new password by link", MSG_site_audit_reset_taken },
	{ AUDIT_ROLES_SET, "roles changed", MSG_site_audit_roles_set },
	{ AUDIT_ACCOUNT_OFF, "account off", MSG_site_audit_account_off },
	{ AUDIT_ACCOUNT_ON, "account on", MSG_site_audit_account_on },
	{ AUDIT_FORM_ROLE_GIVEN, "role in a form given", MSG_site_audit_form_role_given },
	{ AUDIT_FORM_ROLE_TAKEN, "role in a form taken", MSG_site_audit_form_role_taken },
	{ AUDIT_HOLDER_ADDED, "holder of reports added", MSG_site_audit_holder_added },
	{ AUDIT_HOLDER_GONE, "holder of reports removed", MSG_site_audit_holder_gone },
	{ AUDIT_DEVICE_ADDED, "device added", MSG_site_audit_device_added },
	{ AUDIT_DEVICE_ENDED, "device ended", MSG_site_audit_device_ended },
	{ AUDIT_ESCROW_OFFICER, "officer for keys named", MSG_site_audit_escrow_officer },
	{ AUDIT_ESCROW_ASKED, "opening of a key asked", MSG_site_audit_escrow_asked },
	{ AUDIT_ESCROW_REFUSED, "opening of a key refused", MSG_site_audit_escrow_refused },
	{ AUDIT_ESCROW_PART, "first of two on a key", MSG_site_audit_escrow_part },
	{ AUDIT_ESCROW_OPENED, "key opened by two", MSG_site_audit_escrow_opened },
	{ AUDIT_SPACE_MADE, "consultation made", MSG_site_audit_space_made },
	{ AUDIT_SPACE_COPIED, "consultation copied", MSG_site_audit_space_copied },
	{ AUDIT_SPACE_ANNOUNCED, "consultation announced", MSG_site_audit_space_announced },
	{ AUDIT_SPACE_CLOSED, "consultation closed", MSG_site_audit_space_closed },
	{ AUDIT_SPACE_ARCHIVED, "consultation archived", MSG_site_audit_space_archived },
	{ AUDIT_SPACE_IMPORTED, "consultation imported", MSG_site_audit_space_imported },
	{ AUDIT_SPACE_KEEP_SET, "time of keeping set", MSG_site_audit_space_keep_set },
	{ AUDIT_SPACE_DELETED, "consultation deleted", MSG_site_audit_space_deleted },
	{ AUDIT_SPACE_ERASED, "words destroyed", MSG_site_audit_space_erased },
	{ AUDIT_RECORDS_IN, "records brought in", MSG_site_audit_records_in },
	{ AUDIT_RECORDS_BACK, "records taken back", MSG_site_audit_records_back },
	{ AUDIT_RECORDS_ENDED, "records ended", MSG_site_audit_records_ended },
	{ AUDIT_DATA_TAKEN, "data taken", MSG_site_audit_data_taken },
	{ AUDIT_BUNDLE_TAKEN, "consultation exported", MSG_site_audit_bundle_taken },
	{ AUDIT_RECORDS_TAKEN, "records taken", MSG_site_audit_records_taken },
	{ AUDIT_FIGURES_OFFERED, "figures offered", MSG_site_audit_figures_offered },
	{ AUDIT_FIGURES_RELEASED, "figures released", MSG_site_audit_figures_released },
	{ AUDIT_FIGURES_DROPPED, "figures dropped", MSG_site_audit_figures_dropped },
	{ AUDIT_SETTINGS_SET, "settings changed", MSG_site_audit_settings_set },
	{ AUDIT_CHANNEL_OPENED, "channel for reports opened", MSG_site_audit_channel_opened },
	{ AUDIT_CHANNEL_SHUT, "channel for reports shut", MSG_site_audit_channel_shut },
	{ AUDIT_FORM_OFFERED, "form offered", MSG_site_audit_form_offered },
	{ AUDIT_FORM_USED, "form put in use", MSG_site_audit_form_used },
	{ AUDIT_FORM_DROPPED, "form dropped", MSG_site_audit_form_dropped },
	{ AUDIT_OPENED, "house opened", MSG_site_audit_opened },
	{ AUDIT_SCHEMA, "schema changed", MSG_site_audit_schema },
	{ AUDIT_CHECKED, "log checked", MSG_site_audit_checked },
};

static const struct {
	const char *name;
	int msg;
} kinds[AUDIT_KINDS] = {
	[AUDIT_SIGN_IN] = { "sign-in", MSG_site_audit_kind_sign_in },
	[AUDIT_MODERATION] = { "moderation", MSG_site_audit_kind_moderation },
	[AUDIT_ROLES] = { "roles", MSG_site_audit_kind_roles },
	[AUDIT_SPACE] = { "space", MSG_site_audit_kind_space },
	[AUDIT_EXPORT] = { "export", MSG_site_audit_kind_export },
	[AUDIT_SETTINGS] = { "settings", MSG_site_audit_kind_settings },
	[AUDIT_KEEPING] = { "keeping", MSG_site_audit_kind_keeping },
};

int audit_kind_msg(enum audit_kind kind)
{
	return kind < AUDIT_KINDS ? kinds[kind].msg : 0;
}

const char *audit_kind_name(enum audit_kind kind)
{
	return kind < AUDIT_KINDS && kinds[kind].name ? kinds[kind].name : "";
}

/* What moderators did is called as in their own room. */
int audit_what_msg(enum audit_what what)
{
	if (audit_kind_of(what) == AUDIT_MODERATION && what <= AUDIT_FLAG_ASIDE)
		return decide_msg((enum verdict)(what - AUDIT_LET_THROUGH + VERDICT_OK));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].what == what)
			return words[i].msg;
	return 0;
}

const char *audit_what_name(enum audit_what what)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].what == what)
			return words[i].name;
	return "";
}
