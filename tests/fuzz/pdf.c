/* Documents from another process: any text in; what is taken goes out and comes in again the same.
 */
#include "render/pdf.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct pdf d, again;
	auto_buf once, twice;
	auto_arena mem;
	buf_init(&once, 16 << 20);
	buf_init(&twice, 16 << 20);
	arena_init(&mem, 64 << 20);
	if (pdf_from_json(&mem, (struct str){ (const char *)p, n }, &d) < 0)
		return 0;
	must(d.n_block <= PDF_BLOCKS);
	for (size_t i = 0; i < d.n_block; i++)
		must(d.block[i].role < PDF_ROLES && d.block[i].tone < TONES);
	must(pdf_to_json(&d, &once) == 0);
	must(pdf_from_json(&mem, buf_view(&once), &again) == 0);
	must(pdf_to_json(&again, &twice) == 0);
	must(str_eq(buf_view(&once), buf_view(&twice)));
	return 0;
}
