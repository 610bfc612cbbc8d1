/* I know whole files, read at once. */
#pragma once
#include "base/buf.h"

/* file_read(folder, name, to): Add what ${folder}/${name} holds to ${to}, whose maximum is the
 * largest that is taken. ERR_MISSING: there is no such file. ERR_IO, ERR_LIMIT, ERR_NOMEM; the
 * note names the file. */
int file_read(const char *folder, const char *name, struct buf *to) must_use;
