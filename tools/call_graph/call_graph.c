/* The call graph of a whole image: what it proves and what it measures. */

#include <tools/call_graph/authority.h>
#include <tools/call_graph/report.h>
#include <tools/call_graph/untimely.h>
#include <tools/call_graph/wiring.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: call_graph --board NAME --machine FILE [options] OBJECT...\n"
    "\n"
    "Follows every call that a kernel can make, by instance, tells how much stack it may need,\n"
    "and refuses it if\n"
    "  - a call leads to nobody knows whom, or a function's stack has no constant size;\n"
    "  - anything calls itself, or a callback is called from inside a downcall;\n"
    "  - what may run while the kernel is half-way touches the kernel's variables;\n"
    "  - the board leaves a pointer of one of its instances unset.\n"
    "\n"
    "OBJECT is NAME.S.o, of assembly, or a C object NAME.o; beside a C object must be NAME.ci\n"
    "(gcc -fcallgraph-info=su,da) and NAME.bc (clang-19 -O0 -g -Xclang -disable-llvm-passes\n"
    "-emit-llvm, of the same source).\n"
    "\n"
    "  --board NAME      for the report\n"
    "  --machine FILE    what the assembly does with the stack: arch/ARCH/entry_points.txt\n"
    "  --stack FILE      write KERNEL_STACK_BYTES = ...; here, for the linker\n"
    "  --report FILE     write the numbers and paths here\n"
    "  --authority FILE  write who is handed what here\n"
    "  --help            this text\n";

struct options {
	const char *board;
	const char *machine;
	const char *stack;
	const char *report;
	const char *authority;
};

enum option_number {
	OPTION_BOARD = 256,
	OPTION_MACHINE,
	OPTION_STACK,
	OPTION_REPORT,
	OPTION_AUTHORITY,
	OPTION_HELP,
};

static const struct option_name {
	int option;
	size_t place;
} text_options[] = {
    {OPTION_BOARD, offsetof(struct options, board)},
    {OPTION_MACHINE, offsetof(struct options, machine)},
    {OPTION_STACK, offsetof(struct options, stack)},
    {OPTION_REPORT, offsetof(struct options, report)},
    {OPTION_AUTHORITY, offsetof(struct options, authority)},
};

static void option_take(struct options *options, int result, char **argv)
{
	if (result == OPTION_HELP) {
		fputs(usage, stdout);
		exit(EXIT_SUCCESS);
	}
	for (size_t i = 0; i < sizeof(text_options) / sizeof(text_options[0]); i++) {
		if (text_options[i].option == result) {
			memcpy((char *)options + text_options[i].place, &optarg, sizeof(optarg));
			return;
		}
	}
	command_line_bad_option(result, argv);
}

static struct options options_read(int argc, char **argv)
{
	static const struct option names[] = {
	    {"board", required_argument, NULL, OPTION_BOARD},
	    {"machine", required_argument, NULL, OPTION_MACHINE},
	    {"stack", required_argument, NULL, OPTION_STACK},
	    {"report", required_argument, NULL, OPTION_REPORT},
	    {"authority", required_argument, NULL, OPTION_AUTHORITY},
	    {"help", no_argument, NULL, OPTION_HELP},
	    {0},
	};
	struct options options = {0};
	int result;

	while ((result = getopt_long(argc, argv, ":", names, NULL)) != -1) {
		option_take(&options, result, argv);
	}
	if (options.board == NULL || options.machine == NULL || optind == argc) {
		refuse("needs --board, --machine and objects; see --help");
	}
	return options;
}

/* What the names of objects made of assembly end in. */
#define ASSEMBLY ".S.o"

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static void objects_read(struct program *program, struct frames *frames, char **objects)
{
	for (; *objects != NULL; objects++) {
		if (ends_with(*objects, ASSEMBLY)) {
			continue;
		}
		if (!ends_with(*objects, ".o")) {
			refuse("%s: not the name of an object", *objects);
		}
		program_add_module(program,
				   text_new("%.*s.bc", (int)strlen(*objects) - 2, *objects));
		frames_read(frames, *objects,
			    program->modules.items[program->modules.count - 1].source);
	}
	frames_link(frames);
}

static bool is_function(const void *with, const char *name)
{
	/* Looking a function up gives it a number, and changes nothing else. */
	struct program *program = *(struct program *const *)with;

	return program_function_named(program, name) != NONE;
}

static void assembly_check(const struct machine *machine, struct program *program, char **objects)
{
	for (; *objects != NULL; objects++) {
		if (ends_with(*objects, ASSEMBLY)) {
			machine_check(machine, *objects, is_function, &program);
		}
	}
}

static void occasion_check(const struct machine *machine, const char *function, const char *callee)
{
	LIST_EACH(&machine->entries, entry)
	{
		if (strcmp(entry->function, function) == 0 &&
		    (entry->only == NULL || strcmp(entry->only, callee) == 0)) {
			return;
		}
	}
	refuse("%s: %s calls %s on no occasion that is listed", machine->path, function, callee);
}

/* Whether every function that an entry's function calls runs on some occasion. */
static void occasions_check(const struct machine *machine, const struct contexts *contexts,
			    const number_list *roots)
{
	for (uint32_t i = 0; i < machine->entries.count; i++) {
		const struct entry *entry = &machine->entries.items[i];

		LIST_EACH(&contexts->contexts.items[roots->items[i]].calls, call)
		{
			LIST_EACH(&call->targets, target)
			{
				occasion_check(machine, entry->function,
					       context_function_name(contexts, *target));
			}
		}
	}
}

/* The contexts that assembly enters. */
static number_list roots_of(struct contexts *contexts, const struct machine *machine)
{
	number_list roots = {0};

	LIST_EACH(&machine->entries, entry)
	{
		uint32_t function = program_function_named(contexts->program, entry->function);

		if (function == NONE) {
			refuse("entry \"%s\": no source defines %s", entry->name, entry->function);
		}
		LIST_ADD(&roots, contexts_root(contexts, function));
	}
	LIST_EACH(&machine->helpers, helper)
	{
		LIST_ADD(&contexts->assembly, helper->name);
	}
	return roots;
}

static FILE *output_open(const char *path)
{
	FILE *file = fopen(path, "w");

	if (file == NULL) {
		refuse("%s: %s", path, strerror(errno));
	}
	return file;
}

static void output_close(FILE *file, const char *path)
{
	if (ferror(file) != 0 || fclose(file) != 0) {
		refuse("%s: cannot be written", path);
	}
}

int main(int argc, char **argv)
{
	struct options options = options_read(argc, argv);
	struct program program = {0};
	struct frames frames = {0};
	struct machine machine = {0};
	struct memory memory;
	struct interfaces interfaces = {0};
	struct contexts contexts = {.program = &program, .memory = &memory};
	struct stack stack = {.contexts = &contexts, .frames = &frames};

	machine_read(&machine, options.machine);
	memcpy(&frames.helpers, &machine.helpers, sizeof(frames.helpers));
	objects_read(&program, &frames, &argv[optind]);
	memory_init(&memory, &program);
	interfaces_read(&interfaces, &program);

	number_list roots = roots_of(&contexts, &machine);

	contexts_run(&contexts);
	wiring_check(&machine, &contexts, &roots); /* names the cause of what others find */

	struct checked checked = checks_run(&contexts, &interfaces, &roots);

	assembly_check(&machine, &program, &argv[optind]);
	occasions_check(&machine, &contexts, &roots);
	untimely_check(&machine, &contexts, &roots);

	struct demands demands = demands_of(&machine, &stack, &roots);

	stack_check(&stack);
	if (options.authority != NULL) {
		FILE *file = output_open(options.authority);

		authority_write(file, options.board, &contexts, checked.reached);
		output_close(file, options.authority);
	}
	if (options.report != NULL) {
		FILE *file = output_open(options.report);

		report_write(file, options.board, &demands, &stack, &interfaces, &checked);
		output_close(file, options.report);
	}
	if (options.stack != NULL) {
		FILE *file = output_open(options.stack);

		fprintf(file,
			"/* The most that the kernel may need; call_graph.txt beside this says "
			"why. */\n"
			"KERNEL_STACK_BYTES = %u;\n",
			demands.bytes);
		output_close(file, options.stack);
	}
	return EXIT_SUCCESS;
}
