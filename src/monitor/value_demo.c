/* Values for the sample house: our own, and marked as sample. */
#include "base/csv.h"
#include "monitor/value.h"
#include "monitor/value.sql.h"

extern const struct str value_demo_text;

int value_demo(struct db *db, struct arena *mem)
{
	static const struct {
		const char *code;
		bool is_number;
	} all[] = { { "open-meetings", true }, { "own-institution", false } };
	int result = 0;
	for (size_t i = 0; i < sizeof all / sizeof *all && result >= 0; i++) {
		struct value_by_ref_row row = { 0 };
		struct value_sheet sheet = { 0 };
		struct value_source source = {
			.code = str_c(all[i].code), .is_number = all[i].is_number, .is_sample = true
		};
		result = value_by_ref(db, mem, source.code, &row);
		if (result == 0)
			result = err_note(ERR_BUG, "a sample of values of no indicator");
		if (result < 0)
			return result;
		source.id = row.id;
		result = value_sheet_read(db, mem, &source, value_demo_text, &sheet);
		if (result >= 0)
			result = value_sheet_put(db, &source, &sheet);
	}
	return result;
}
