/* I know what a file is made of while it is on its way; only this room's blob*.c use me. */
#pragma once
#include "base/buf.h"
#include "record/blob.h"
#include <stdatomic.h>

struct blobs {
	int dir;
	struct lane *lane;
	struct http_sink sink;
	atomic_int under_way;
};

struct blob {
	struct blobs *blobs;
	int fd;
	int64_t size;
	int64_t looked_at; /* bytes when the room on the disk was looked at last */
	struct file_kind kind;
	enum file_fault fault;
	bool is_settled, has_file; /* under ${temp}, if not settled; else under ${hash} */
	char temp[24];
	char hash[BLOB_HASH_CHARS + 1];
	size_t n_name;
	char name[BLOB_NAME_MAX];
};

/* blob_look(b), then blob_keep(b): Settle it; on a thread that may wait. */
void blob_look(struct blob *b);
void blob_keep(struct blob *b);
