/* The analyse command by itself, for tests and measuring. */
#include "app/analyse.h"

int main(int argc, char **argv)
{
	return analyse_main(argc, argv);
}
