/* I lead one request through the house: route, who, form, check, act, answer. */
#pragma once
#include "app/app.h"

/* request_app(app): What the HTTP room calls. */
struct http_app request_app(struct app *app);
