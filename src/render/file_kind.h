/* I know by its bytes what a file is, and which ones are not taken. */
#pragma once
#include "render/picture.h"

enum file_fault {
	FILE_FINE,
	FILE_EMPTY,
	FILE_LARGE,
	FILE_PROGRAM,   /* what runs when it is opened */
	FILE_TWO_KINDS, /* it is one thing to one program and another to the next */
	FILE_UNCLEAN,   /* a picture of a kind that cannot be made anew */
	FILE_BROKEN,    /* a picture that is none */
	FILE_HUGE,      /* a picture of more dots than there can be */
	FILE_FAILED,    /* no room, or too many at once */
};
/* file_fault_message(fault): How to say it. */
int file_fault_message(enum file_fault fault);

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
