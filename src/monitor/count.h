/*
 * I know what incidents add to the figures: I am told of each record that changes, and keep the
 * counts true in the same transaction, so that no page counts records.
 *
 * Two things are counted. Public incidents, each one, by country, month, acts and groups of people:
 * all of that stands in the public record itself. And people and acts (SDG 16.10.1): one for each
 * person and act of an incident that is verified and public.
 */
#pragma once
#include "record/record.h"

/* count_watch(e): For shelf_watch. */
int count_watch(const struct record_event *e) must_use;

/* count_month(at): The UTC second at which the month of ${at} begins. count_months_on(month, n):
 * ${n} months later or, negative, earlier. count_year(at): 2026. count_year_begins(year): as a
 * second. */
int64_t count_month(int64_t at);
int64_t count_months_on(int64_t month, int n);
int64_t count_year(int64_t at);
int64_t count_year_begins(int64_t year);
