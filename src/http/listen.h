/* I know where the server listens: addresses and sockets. */
#pragma once
#include "base/err.h"
#include "base/str.h"

enum listen_kind { LISTEN_TCP = 1, LISTEN_UNIX, LISTEN_PROXY };

struct listener {
	int fd;
	enum listen_kind kind;
	int port;       /* of TCP */
	char path[108]; /* of a Unix socket, removed at the end */
};

/* listen_open(address, ret): Bind "127.0.0.1:8080", "[::1]:8080", "unix:/path" or
 * "unix-proxy:/path". ERR_INPUT: not an address; ERR_IO: not to be had. */
int listen_open(struct str address, struct listener *ret) must_use;
void listen_close(struct listener *l);
