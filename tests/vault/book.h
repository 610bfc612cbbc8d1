/*
 * I know one made-up case with every kind of thing that the vault seals, as lines
 * "name hex", so that other programs can make it or open it.
 */
#pragma once
#include "base/buf.h"

/* book_make(out): Seal everything anew and write it all down, keys and plain texts too.
 * book_check(lines): Open everything in ${lines} with the keys written there; 0, or how many
 * things are not what they should be (each named on standard error). */
void book_make(struct buf *out);
int book_check(struct str lines);
