/* I know what of a record that a device sent goes with the record. */
#pragma once
#include "record/record.h"

/* openrosa_watch(e): For shelf_watch. */
int openrosa_watch(const struct record_event *e) must_use;
