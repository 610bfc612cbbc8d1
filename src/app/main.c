/* One binary, many commands: each row of the table is one of them. */
#include "app/commands.h"
#include "base/err.h"
#include "base/json.h"
#include "i18n/i18n.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct command {
	const char *name, *words, *help;
	int (*run)(int argc, char **argv);
};

static int help_main(int argc, char **argv);

/* analyse_main reads its words with getopt, which wants the command's name in front. */
static int analyse(int argc, char **argv)
{
	return analyse_main(argc + 1, argv - 1);
}

static const struct command commands[] = {
	{ "serve", "[--key value …]", "open the house to visitors", serve_main },
	{ "demo", "[--key value …]", "serve; an empty house is filled with a sample", demo_main },
	{ "import", "polis|bundle|records …", "bring in what others exported", import_main },
	{ "export", "--space NAME FOLDER | …", "copies to keep, or to carry elsewhere",
		export_main },
	{ "analyse", "DIR [--json] …", "opinion groups of a Polis export", analyse },
	{ "audit", "verify [--key value …]", "go along the chains of what was done", audit_main },
	{ "check", "[--key value …]", "say what is wrong, and how to mend it", check_main },
	{ "reindex", "[--key value …]", "make the index of records anew", reindex_main },
	{ "seal", "--to KEY FILE", "lock a file for somebody, without a house", seal_main },
	{ "open", "--key KEYFILE FILE", "open what was sealed", open_main },
	{ "routes", "", "list every address and who may use it", routes_main },
	{ "user", "add|invite|list|reset|role …", "look after accounts", user_main },
	{ "version", "", "print the version", version_main },
	{ "help", "", "print this", help_main },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int help_main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("baraza COMMAND …\n");
	for (size_t i = 0; i < COMMANDS; i++)
		printf("  %-8s %-38s %s\n", commands[i].name, commands[i].words, commands[i].help);
	puts("\nbaraza COMMAND --help says more.");
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "help";
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	if (!strcmp(name, "--version"))
		name = "version";
	json_start();
	if (sodium_init() < 0) {
		fputs("baraza: the cryptographic library does not start\n", stderr);
		return EXIT_FAULT;
	}
	if (msg_open() < 0) {
		fprintf(stderr, "baraza: %s\n", err_noted());
		return EXIT_FAULT;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(name, commands[i].name))
			return commands[i].run(argc > 2 ? argc - 2 : 0, argv + 2);
	fprintf(stderr, "baraza: no command is called \"%s\"; see baraza help\n", name);
	return EXIT_USAGE;
}
