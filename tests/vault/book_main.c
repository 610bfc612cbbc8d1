/* Lets the second reader talk to ours: "make" writes a book, "open" reads one and counts faults. */
#include "tests/vault/book.h"

int main(int argc, char **argv)
{
	auto_buf b;
	buf_init(&b, 4 << 20);
	if (argc == 2 && !strcmp(argv[1], "make")) {
		book_make(&b);
		return b.failed || fwrite(b.p, 1, b.n, stdout) != b.n;
	}
	if (argc != 2 || strcmp(argv[1], "open") != 0) {
		fprintf(stderr, "usage: %s make >BOOK | open <BOOK\n", argv[0]);
		return 2;
	}
	char *p;
	size_t n;
	while ((p = buf_room(&b, 65536)) && (n = fread(p, 1, 65536, stdin)) > 0)
		b.n += n;
	return b.failed ? 100 : book_check(buf_view(&b));
}
