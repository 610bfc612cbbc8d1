/*
 * I know how a process gives up everything it does not need: files, network, other processes,
 * core dumps. There is no way back.
 */
#pragma once
#include "base/err.h"

/* sandbox_quiet(): No core dumps, no other process of this user looks inside, no file grows.
 * Signals that end the house are ignored; what ends this process is its socket. ERR_IO. */
int sandbox_quiet(void) must_use;
/* sandbox_files(): No path leads anywhere (Landlock), for this thread and those it starts. 0 also
 * where the kernel has none: sandbox_calls forbids the same. ERR_IO. */
int sandbox_files(void) must_use;
/* sandbox_calls(): From now on all threads may read and write what is open, wait, and take
 * memory that is not executable; any other system call kills the process (seccomp). ERR_IO,
 * ERR_NOMEM. */
int sandbox_calls(void) must_use;
