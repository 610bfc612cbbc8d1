/*
 * I know, while a record from a device is still on its way, how much of it may come, and which of
 * its files: those that the record in front of them names, of a form that takes files, from a
 * device that may send it. Nothing of any other file reaches the disk.
 */
#pragma once
#include "account/visit.h"

/* early_knows(house, path): There is no secret in ${path}, or a good one. */
bool early_knows(struct house *house, struct str path);
/* early_body_max(house, path): Bytes of a body that is sent to ${path}, without the prefix of a
 * language. */
size_t early_body_max(struct house *house, struct str path);
/* early_sink(house, req, path): Where its files go; lives as long as ${req}. NULL: no memory. */
const struct http_sink *early_sink(
	struct house *house, const struct http_request *req, struct str path) must_use;
