/* I am the front door: home, what this site says about itself, and where that is set. */
#pragma once
#include "account/route.h"

extern const struct route about_routes[];
extern const struct route api_site_routes[];
extern const struct route audit_routes[];
extern const struct route site_routes[];
extern const struct route site_settings_routes[];
