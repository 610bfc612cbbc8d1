#include "app/analyse.h"
#include "app/analyse_inner.h"
#include <getopt.h>

static const char usage[] =
	"Usage: baraza analyse DIR [--seeding polis|stable] [--in-conv rule|published]\n"
	"                      [--groups own|published] [--json]\n"
	"       baraza analyse --synthetic N,M,V,SEED\n"
	"\n"
	"Find opinion groups and common ground in a Polis export: a folder with\n"
	"participants-votes.csv and comments.csv.\n"
	"\n"
	"  --seeding stable    groups that do not depend on who came first (default)\n"
	"  --seeding polis     groups as pol.is finds them, rows in file order\n"
	"  --in-conv rule      cluster those with 7 votes or more (default)\n"
	"  --in-conv published cluster those who have a group-id in the file\n"
	"  --groups own        find groups (default)\n"
	"  --groups published  take the groups in the file, compute their statistics\n"
	"  --json              everything, as JSON\n"
	"  --synthetic         make votes of N people on M statements, V in all, and measure\n";

struct asked {
	const char *dir, *synthetic;
	bool is_polis, is_in_conv_published, is_groups_published, is_json, is_help;
};

/* One of two words. */
static bool choice(const char *given, const char *no, const char *yes, bool *ret)
{
	bool is_yes = strcmp(given, yes) == 0;
	if (!is_yes && strcmp(given, no) != 0)
		return false;
	*ret = is_yes;
	return true;
}

static bool asked_parse(int argc, char **argv, struct asked *ret)
{
	static const struct option options[] = { { "seeding", required_argument, NULL, 's' },
		{ "in-conv", required_argument, NULL, 'i' },
		{ "groups", required_argument, NULL, 'g' }, { "json", no_argument, NULL, 'j' },
		{ "synthetic", required_argument, NULL, 'y' }, { "help", no_argument, NULL, 'h' },
		{ 0 } };
	bool is_ok = true;
	optind = 0;
	for (int c; is_ok && (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
		switch (c) {
		case 's': is_ok = choice(optarg, "stable", "polis", &ret->is_polis); break;
		case 'i':
			is_ok = choice(optarg, "rule", "published", &ret->is_in_conv_published);
			break;
		case 'g':
			is_ok = choice(optarg, "own", "published", &ret->is_groups_published);
			break;
		case 'j': ret->is_json = true; break;
		case 'y': ret->synthetic = optarg; break;
		case 'h': ret->is_help = true; break;
		default: is_ok = false;
		}
	}
	if (optind < argc)
		ret->dir = argv[optind++];
	return is_ok && optind == argc && (ret->is_help || !ret->dir != !ret->synthetic);
}

static int analyse(const struct asked *asked)
{
	struct analysis a;
	int st = analysis_read(asked->dir, &a);
	if (st < 0)
		return st;
	struct opinion_options how = {
		.seeding = asked->is_polis ? OPINION_POLIS : OPINION_STABLE,
		.in_conv = asked->is_in_conv_published ? a.in_conv : NULL,
		.group = asked->is_groups_published ? a.group : NULL,
	};
	struct opinion_result *r = NULL;
	st = opinion_run(a.o, &how, &r);
	if (st == 0)
		st = asked->is_json ? analysis_print_json(&a, r) : analysis_print_text(&a, r);
	opinion_result_free(r);
	analysis_done(&a);
	return st;
}

int analyse_main(int argc, char **argv)
{
	struct asked asked = { 0 };
	if (!asked_parse(argc, argv, &asked)) {
		fputs(usage, stderr);
		return 2;
	}
	if (asked.is_help) {
		fputs(usage, stdout);
		return 0;
	}
	int st = asked.synthetic ? analyse_synthetic(asked.synthetic) : analyse(&asked);
	if (st == 0)
		return 0;
	fprintf(stderr, "baraza analyse: %s\n", err_noted());
	return 1;
}
