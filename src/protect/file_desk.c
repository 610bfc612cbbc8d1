#include "protect/file_desk.h"
#include "protect/case_desk.h"
#include "protect/file_send.h"
#include "protect/routes.h"

static int file_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c;
	struct vault_id id;
	int result = keep_id_read(v->part[1], &id) ? desk_find(v, &c)
						   : err_note(ERR_MISSING, "no such file");
	if (result == 0)
		result = desk_sit(v, &c, VAULT_HANDLER, VAULT_REPORT, &seat);
	return result < 0 ? result : file_send(v, &seat, &id, http_query(v->req, "look").p != NULL);
}

const struct route file_desk_routes[] = {
	{ HTTP_GET, "/cases/:id/file/:file", SIGNED_IN, NULL, desk_enter, file_show },
	{ 0 },
};
