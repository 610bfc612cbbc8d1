#include "participate/flag.h"
#include "po/messages.h"

const char *const flag_values[FLAG_REASONS] = { "names", "danger", "hate", "off", "advert", 0 };

int flag_msg(int reason)
{
	static const int msg[FLAG_REASONS] = { MSG_flag_reason_other, MSG_flag_reason_names,
		MSG_flag_reason_danger, MSG_flag_reason_hate, MSG_flag_reason_off,
		MSG_flag_reason_advert };
	return msg[reason > FLAG_NONE && reason < FLAG_REASONS ? reason : FLAG_NONE];
}
