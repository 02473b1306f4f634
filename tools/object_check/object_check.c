/* The second line of defence: what the compiler made of a capsule or a chip driver is looked at by
 * itself, without believing anything that was found out about the source. */

#include <tools/object_check/code.h>
#include <tools/object_check/contents.h>
#include <tools/tbf/command_line.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: object_check --api FILE --prefix NAME OBJECT\n"
    "       object_check --traps PROGRAM\n"
    "\n"
    "Refuses an object that\n"
    "  - uses a name that is not in FILE (one a line), or any but by calling it;\n"
    "  - defines a name for others that does not begin with NAME, or a weak one;\n"
    "  - has variables, or sections that are neither code nor constants;\n"
    "  - has an instruction that is the system's.\n"
    "\n"
    "  --api FILE      the functions that it may call; the compiler's own helpers it may always\n"
    "  --prefix NAME   what its own names begin with\n"
    "  --traps         print the address of each trap in a linked program instead\n"
    "  --help          this text\n";

struct options {
	const char *api;
	const char *prefix;
	bool wants_traps;
};

enum option_number {
	OPTION_API = 256,
	OPTION_PREFIX,
	OPTION_TRAPS,
	OPTION_HELP,
};

static void option_take(struct options *options, int result, char **argv)
{
	switch (result) {
	case OPTION_API:
		options->api = optarg;
		break;
	case OPTION_PREFIX:
		options->prefix = optarg;
		break;
	case OPTION_TRAPS:
		options->wants_traps = true;
		break;
	case OPTION_HELP:
		fputs(usage, stdout);
		exit(EXIT_SUCCESS);
	default:
		command_line_bad_option(result, argv);
	}
}

static struct options options_read(int argc, char **argv)
{
	static const struct option names[] = {
	    {"api", required_argument, NULL, OPTION_API},
	    {"prefix", required_argument, NULL, OPTION_PREFIX},
	    {"traps", no_argument, NULL, OPTION_TRAPS},
	    {"help", no_argument, NULL, OPTION_HELP},
	    {0},
	};
	struct options options = {0};
	int result;

	while ((result = getopt_long(argc, argv, ":", names, NULL)) != -1) {
		option_take(&options, result, argv);
	}
	if (optind != argc - 1 ||
	    (!options.wants_traps && (options.api == NULL || options.prefix == NULL))) {
		refuse(
		    "needs --api, --prefix and one object, or --traps and a program; see --help");
	}
	return options;
}

int main(int argc, char **argv)
{
	struct options options = options_read(argc, argv);
	struct object object;
	struct names api = {0};

	object_open(&object, argv[optind], options.wants_traps);
	if (options.wants_traps) {
		code_list_traps(&object);
		return EXIT_SUCCESS;
	}
	names_read(&api, options.api);
	sections_check(&object);
	symbols_check(&object, options.prefix, &api);
	relocations_check(&object);
	code_check(&object);
	return complaints == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
