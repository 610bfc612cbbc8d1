/*
 * I know a client only as a number: its address, hashed under a key that lives in memory,
 * changes daily and is never shown. I read the PROXY line that says which circuit or address
 * stands behind a local socket.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <pthread.h>
#include <sys/socket.h>

struct client_key {
	pthread_mutex_t lock;
	unsigned char key[16];
	int64_t day;
};

/* client_begin(k): A fresh key. ERR_IO when libsodium fails. client_done(k) wipes it. */
int client_begin(struct client_key *k) must_use;
void client_done(struct client_key *k);
/* client_hash(k, what): Any words about a client, under today's key. */
uint64_t client_hash(struct client_key *k, struct str what);
/* client_of_address(k, address): A peer's address; of IPv6 the first half only, since one
 * subscriber owns the rest. Local sockets are all one. */
uint64_t client_of_address(struct client_key *k, const struct sockaddr_storage *address);

enum { CLIENT_PROXY_MAX = 107 };
/* client_proxy(bytes, ret_source, ret_used): Read a PROXY v1 line at the start. 0: more is
 * needed; 1: done, the source address (absent for UNKNOWN) is in ${ret_source}; ERR_INPUT. */
int client_proxy(struct str bytes, struct str *ret_source, size_t *ret_used) must_use;
