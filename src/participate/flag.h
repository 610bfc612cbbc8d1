/* I name what may be wrong with words: readers flag with it, moderators hide and send back
 * with it. */
#pragma once

/* Kept in flag.reason and decision.reason: numbers never change their meaning. */
enum flag_reason {
	FLAG_NONE,
	FLAG_NAMES,  /* names a person */
	FLAG_DANGER, /* puts someone in danger */
	FLAG_HATE,   /* insults, or stirs up hate */
	FLAG_OFF,    /* is not about the question */
	FLAG_ADVERT, /* is advertising */
	FLAG_REASONS
};

/* flag_values: For a FIELD_CHOICE; index i is reason i + 1. */
extern const char *const flag_values[FLAG_REASONS];

/* flag_msg(reason): "It names a person": an enum msg; of what is no reason, one that says
 * "Another reason". */
int flag_msg(int reason);
