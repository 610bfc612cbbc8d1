/* I know the command "baraza analyse": a folder in, groups and common ground out. */
#pragma once

/* analyse_main(argc, argv): argv[0] is "analyse". The exit status: 0, 1 a fault (said on
 * stderr, with file and line), 2 usage. */
int analyse_main(int argc, char **argv);
