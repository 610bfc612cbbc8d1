/* baraza-pdf: a document as JSON on standard input becomes a PDF on standard output. The house runs
 * it for each (render/press.h). */
#include "render/press.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { IN_MAX = 32 << 20, IN_MEM = 64 << 20, PIECE = 1 << 16 };

static int read_in(struct buf *to)
{
	for (;;) {
		char *room = buf_room(to, PIECE);
		ssize_t n = room ? read(STDIN_FILENO, room, PIECE) : -1;
		if (n == 0)
			return 0;
		if (n < 0 && (!room || errno != EINTR))
			return err_note(ERR_IO, "standard input: %s", strerror(errno));
		to->n += n > 0 ? (size_t)n : 0;
	}
}

static int draw(struct buf *in, struct arena *mem, struct buf *out)
{
	struct pdf d;
	int result = read_in(in);
	if (result == 0)
		result = pdf_from_json(mem, buf_view(in), &d);
	if (result == 0)
		result = pdf_draw(&d, out);
	if (result == 0 && (fwrite(out->p, 1, out->n, stdout) != out->n || fflush(stdout)))
		result = err_note(ERR_IO, "standard output: %s", strerror(errno));
	return result;
}

int main(int argc, char **argv)
{
	const struct rlimit cpu = { PRESS_SECONDS, PRESS_SECONDS };
	auto_buf in = { 0 }, out = { 0 };
	auto_arena mem = { 0 };
	(void)argv;
	if (argc > 1) {
		puts("baraza-pdf: read a document as JSON, write it as PDF. baraza runs it for itself.");
		return EXIT_FAILURE;
	}
	buf_init(&in, IN_MAX);
	buf_init(&out, PRESS_BYTES);
	arena_init(&mem, IN_MEM);
	setrlimit(RLIMIT_CPU, &cpu);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody waits for it any more */
	int result = draw(&in, &mem, &out);
	if (result < 0)
		fprintf(stderr, "baraza: %s: %s\n", err_name(result), err_noted());
	/* What Pango and fontconfig have opened is theirs until the process ends: now. */
	_exit(result == ERR_MISSING ? PRESS_NO_FONTS : result < 0 ? EXIT_FAILURE : 0);
}
