/* I know by its bytes what a file is, and which ones are not taken. */
#pragma once
#include "protect/file.h"
#include "render/picture.h"

enum { FILE_TAIL = (64 << 10) + 22 }; /* where a ZIP's end may lie */

struct file_kind {
	const char *type;          /* "application/pdf" */
	enum picture_kind picture; /* to be made anew */
	enum file_fault fault;
	bool is_zip;
};
/* file_kind(head): By its first bytes, of which 1,024 are enough. */
struct file_kind file_kind(struct str head);
/* file_zip_end(piece): Where in it the last end of a ZIP begins; piece.n: nowhere. */
size_t file_zip_end(struct str piece);
