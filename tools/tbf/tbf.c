/* tbf: packs an ELF executable into an application in the Tock Binary Format, and shows one. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/pack_options.h>
#include <tools/tbf/place_command.h>
#include <tools/tbf/show.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: tbf [option]... program.elf -o app.tbf\n"
    "       tbf show app.tbf\n"
    "       tbf place app.tbf --flash ADDRESS --ram ADDRESS [--header-area BYTES] -o placed.tbf\n"
    "Packs a linked ELF program for ARM Cortex-M or 32-bit RISC-V into an application; or says\n"
    "what is in one; or makes one that runs at any address into one that runs at these, its\n"
    "header at the one in flash, and the program BYTES behind that.\n"
    "\n"
    "  -o FILE                    where to write the application\n"
    "  --name NAME                its name; default: the ELF file's, without .elf\n";

static const char help_end[] =
    "  --help                     this\n"
    "\n"
    "The linker script defines _flash_start, the address of the first byte loaded, and "
    "_ram_start,\n"
    "the lowest address of its RAM. A program linked with -Wl,--emit-relocs runs at any address;\n"
    "any other only where it was linked for, with _flash_start 0x80 behind a multiple of 0x400\n"
    "(the header goes before it). Programs linked as libtock-c does it are packed as elf2tab\n"
    "does it: position-independent ones for 0x80000000, others with _sram_origin.\n";

#define OPTION_HELP 256

static const struct option own_options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

/* What the command line asked for. */
struct job {
	const char *input;
	const char *output;
	struct pack_options options;
};

static void print_help(void)
{
	printf("%s%s%s", help, pack_options_help, help_end);
	exit(EXIT_SUCCESS);
}

static void read_command_line(struct job *job, int argc, char **argv)
{
	struct option *all = pack_options_beside(own_options);
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, ":o:", all, NULL)) != -1) {
		if (code == 'o') {
			job->output = optarg;
		} else if (code == OPTION_HELP) {
			print_help();
		} else if (!pack_options_take(&job->options, code, optarg)) {
			command_line_bad_option(code, argv);
		}
	}
	free(all);
	if (argc - optind != 1) {
		refuse("give one ELF file; see --help");
	}
	if (job->output == NULL) {
		refuse("say where to write the application: -o app.tbf");
	}
	job->input = argv[optind];
}

static void job_run(const struct job *job)
{
	struct program program;
	size_t length;

	program_open(&program, job->input);
	uint8_t *bytes = pack(&program, &job->options.request, &length);
	file_write(job->output, bytes, length);
	free(bytes);
	program_close(&program);
}

int main(int argc, char **argv)
{
	struct job job = {0};

	if (argc == 3 && strcmp(argv[1], "show") == 0) {
		show(argv[2]);
		return EXIT_SUCCESS;
	}
	if (argc > 1 && strcmp(argv[1], "place") == 0) {
		place_command(argc - 1, &argv[1]);
		return EXIT_SUCCESS;
	}
	pack_options_start(&job.options, argc);
	read_command_line(&job, argc, argv);
	char *default_name = file_stem(job.input, ".elf");
	if (job.options.request.name == NULL) {
		pack_options_check_name(default_name);
		job.options.request.name = default_name;
	}
	job_run(&job);
	free(default_name);
	pack_options_release(&job.options);
	return EXIT_SUCCESS;
}
