/* I know how a text is packed for the binary: raw deflate, as base/packed.h opens it. */
#pragma once
#include "base/buf.h"

/* pack(room, text): ${text} packed, at the end of ${room}; absent when it does not fit or memory is
 * short. */
struct str pack(struct buf *room, struct str text);
