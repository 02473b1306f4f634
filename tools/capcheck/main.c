/* capcheck: the command line, and the order of the passes. */

#include "capcheck.h"
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options options = {.root = ".", .clang_target = ""};
CXTranslationUnit unit;

static const char usage[] =
    "usage: capcheck [OPTION]... FILE -- COMPILER [FLAG]...\n"
    "Holds a capsule or chip driver to the language of capsules/RULES.md.\n"
    "COMPILER and its FLAGs are the command that compiles FILE, without -c and -o: what it\n"
    "predefines and where it searches is what the check sees.\n"
    "\n"
    "  --profile capsule|chip  which rules (default: capsule)\n"
    "  --root FOLDER           the repository; its public headers are trusted (default: .)\n"
    "  --clang-target FLAGS    the same target for clang, for example\n"
    "                          '--target=thumbv7m-none-eabi -fshort-enums'\n"
    "  --facts FILE            write calls, interfaces and work for the whole-image tool\n"
    "  --rules                 print the rules: number, message, advice\n"
    "  --help                  this text\n"
    "\n"
    "Silent when all is well. Exit status: 0 accepted, 1 refused, 2 could not look.\n";

static void read_profile(const char *word)
{
	if (strcmp(word, "capsule") == 0) {
		options.profile = PROFILE_CAPSULE;
	} else if (strcmp(word, "chip") == 0) {
		options.profile = PROFILE_CHIP;
	} else {
		fail("no profile '%s'; there are capsule and chip", word);
	}
}

static void read_option(int option)
{
	switch (option) {
	case 'p':
		read_profile(optarg);
		break;
	case 'r':
		options.root = optarg;
		break;
	case 't':
		options.clang_target = optarg;
		break;
	case 'f':
		options.facts = optarg;
		break;
	case 'R':
		report_rules();
		exit(0);
	case 'h':
		fputs(usage, stdout);
		exit(0);
	default:
		fputs(usage, stderr);
		exit(2);
	}
}

static void read_command_line(int count, char **words)
{
	static const struct option known[] = {
	    {"profile", required_argument, NULL, 'p'},
	    {"root", required_argument, NULL, 'r'},
	    {"clang-target", required_argument, NULL, 't'},
	    {"facts", required_argument, NULL, 'f'},
	    {"rules", no_argument, NULL, 'R'},
	    {"help", no_argument, NULL, 'h'},
	    {0},
	};
	static char root[PATH_MAX];
	int option;

	while ((option = getopt_long(count, words, "+", known, NULL)) != -1) {
		read_option(option);
	}
	if (count - optind < 3 || strcmp(words[optind + 1], "--") != 0) {
		fputs(usage, stderr);
		exit(2);
	}
	options.file = words[optind];
	options.compiler = words + optind + 2;
	if (realpath(options.root, root) == NULL) {
		fail("%s: no such folder", options.root);
	}
	options.root = root;
}

static void parse(CXIndex index)
{
	unsigned count;
	char **arguments = clang_arguments(&count);
	enum CXErrorCode error = clang_parseTranslationUnit2(
	    index, options.file, (const char *const *)arguments, (int)count, NULL, 0,
	    CXTranslationUnit_DetailedPreprocessingRecord |
		CXTranslationUnit_VisitImplicitAttributes,
	    &unit);

	if (error != CXError_Success) {
		fail("%s cannot be read", options.file);
	}
}

/* True when the tree is whole. */
static bool take_over_diagnostics(void)
{
	bool is_whole = true;

	for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
		CXDiagnostic each = clang_getDiagnostic(unit, i);
		enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(each);

		if (severity >= CXDiagnostic_Warning) {
			refuse_at(clang_getDiagnosticLocation(each), RULE_C_COMPILER,
				  string_of(clang_getDiagnosticSpelling(each)));
		}
		is_whole = is_whole && severity < CXDiagnostic_Error;
		clang_disposeDiagnostic(each);
	}
	return is_whole;
}

static void check(void)
{
	bool is_whole = take_over_diagnostics();

	current_function = clang_getNullCursor();
	origin_init();
	origin_check_includes();
	if (is_whole) {
		declaration_check_all();
		graph_check();
	}
	if (report_count() == 0) {
		tokens_compare();
	}
}

int main(int count, char **words)
{
	read_command_line(count, words);

	CXIndex index = clang_createIndex(0, 0);

	parse(index);
	check();

	report_print();
	if (report_count() == 0 && options.facts != NULL) {
		facts_write();
	}
	clang_disposeTranslationUnit(unit);
	clang_disposeIndex(index);
	return report_count() == 0 ? 0 : 1;
}
