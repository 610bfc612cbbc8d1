/* I name the commands of the program. Each takes the words behind its name and gives the exit
 * status: 0, EXIT_FAULT or EXIT_USAGE; errors go to stderr. */
#pragma once

enum { EXIT_FAULT = 1, EXIT_USAGE = 2 };

int serve_main(int argc, char **argv);
int demo_main(int argc, char **argv);
int import_main(int argc, char **argv);
int export_main(int argc, char **argv);
int analyse_main(int argc, char **argv);
int audit_main(int argc, char **argv);
int check_main(int argc, char **argv);
int reindex_main(int argc, char **argv);
int seal_main(int argc, char **argv);
int open_main(int argc, char **argv);
int routes_main(int argc, char **argv);
int user_main(int argc, char **argv);
int version_main(int argc, char **argv);

/* command_wants_help(argc, argv): "--help" or "-h" is among the words. */
int command_wants_help(int argc, char **argv);
