/* I give programs the ways into what is public here, and the document that says what they may ask:
 * OpenAPI 3.1, made from the definitions (record/api.h). */
#pragma once
#include "site/routes.h"
