/* I name the pages of this room. */
#pragma once
#include "account/route.h"

extern const struct route api_form_routes[];
extern const struct route api_routes[];
extern const struct route bulk_all_routes[];
extern const struct route bulk_routes[];
extern const struct route care_routes[];
extern const struct route fill_routes[];
extern const struct route import_routes[];
extern const struct route next_routes[];
extern const struct route record_file_routes[];
extern const struct route record_list_routes[];
extern const struct route record_mine_routes[];
extern const struct route record_show_routes[];
extern const struct route send_routes[];
extern const struct route take_routes[];
extern const struct route views_routes[];
