/* I know whole files, read at once. */
#pragma once
#include "base/buf.h"

/* file_read(folder, name, to): Add what ${folder}/${name} holds to ${to}, whose maximum is the
 * largest that is taken. ERR_MISSING: there is no such file. ERR_IO, ERR_LIMIT, ERR_NOMEM; the
 * note names the file. */
int file_read(const char *folder, const char *name, struct buf *to) must_use;

/* file_map(path, ret): A whole file as it lies on disk, read as it is touched, until file_unmap.
 * ERR_MISSING, ERR_IO; the note names the file. An empty file is "". */
int file_map(const char *path, struct str *ret) must_use;
/* file_passed(bytes, n): The first ${n} bytes take no memory any more; they can still be read. */
void file_passed(struct str bytes, size_t n);
void file_unmap(struct str bytes);
