/* The commands that only tell something. */
#include "app/commands.h"
#include "app/routes.h"
#include <stdio.h>
#include <string.h>

int command_wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return 1;
	return 0;
}

int routes_main(int argc, char **argv)
{
	if (command_wants_help(argc, argv)) {
		puts("baraza routes: list every address: method, who may use it, path, form.");
		return 0;
	}
	routes_print();
	return 0;
}

int version_main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("baraza " BARAZA_VERSION);
	return 0;
}
