#include "account/fault.h"

int fault_label(const struct fault_label *list, const char *field)
{
	for (; list->field; list++)
		if (strcmp(list->field, field) == 0)
			return list->msg;
	return 0;
}
