/* I stand where the press looks for baraza-pdf, and do what the document says. */
#include "render/press.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	char in[1 << 16];
	size_t n = fread(in, 1, sizeof in - 1, stdin);
	in[n] = 0;
	if (!strcmp(in, "hang"))
		for (;;)
			pause();
	if (!strcmp(in, "fail"))
		return EXIT_FAILURE;
	if (!strcmp(in, "no fonts"))
		return PRESS_NO_FONTS;
	if (!strcmp(in, "large"))
		for (;;)
			fwrite(in, 1, sizeof in, stdout);
	printf("drawn: %s", in);
	return 0;
}
