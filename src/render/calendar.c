#include "render/calendar.h"
#include <libical/ical.h>

static struct icaltimetype day_of(int64_t at)
{
	return icaltime_from_timet_with_zone((time_t)at, 1, NULL);
}

static const char *zs(struct arena *mem, struct str s, bool *has_failed)
{
	const char *z = arena_z(mem, s);
	*has_failed |= !z;
	return z ? z : "";
}

/* A whole day, or some: nobody is busy then. */
static icalcomponent *event(
	struct arena *mem, const struct calendar_day *d, int64_t at, bool *has_failed)
{
	icalcomponent *e = icalcomponent_vanew(ICAL_VEVENT_COMPONENT,
		icalproperty_new_uid(zs(mem, d->uid, has_failed)),
		icalproperty_new_dtstamp(icaltime_from_timet_with_zone(
			(time_t)at, 0, icaltimezone_get_utc_timezone())),
		icalproperty_new_dtstart(day_of(d->from)), icalproperty_new_dtend(day_of(d->until)),
		icalproperty_new_summary(zs(mem, d->title, has_failed)),
		icalproperty_new_url(zs(mem, d->url, has_failed)),
		icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
	*has_failed |= !e;
	return e;
}

int calendar_ics(struct arena *mem, const struct calendar *c, struct str *ret)
{
	bool has_failed = false;
	icalcomponent *all = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
		icalproperty_new_version("2.0"), icalproperty_new_prodid("-//Baraza//Baraza//EN"),
		(void *)0);
	icalproperty *name = icalproperty_new_x(zs(mem, c->title, &has_failed));
	if (!all || !name) {
		icalcomponent_free(all);
		icalproperty_free(name);
		return err_note(ERR_NOMEM, "calendar");
	}
	icalproperty_set_x_name(name, "X-WR-CALNAME");
	icalcomponent_add_property(all, name);
	for (size_t i = 0; i < c->n_day && !has_failed; i++) {
		icalcomponent *e = event(mem, &c->day[i], c->at, &has_failed);
		if (e)
			icalcomponent_add_component(all, e);
	}
	char *text = has_failed ? NULL : icalcomponent_as_ical_string_r(all);
	*ret = text ? arena_copy(mem, str_c(text)) : (struct str){ 0 };
	icalmemory_free_buffer(text);
	icalcomponent_free(all);
	return ret->p ? 0 : err_note(ERR_NOMEM, "calendar");
}
