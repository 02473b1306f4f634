/* tbf: packs an ELF executable into an application in the Tock Binary Format, and shows one. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/pack.h>
#include <tools/tbf/place_command.h>
#include <tools/tbf/show.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LENGTH_MAX    255
#define RAM_MAX            (256u * 1024 * 1024)
#define COMMANDS_PER_GROUP 64u
#define PERMISSIONS_MAX    128u /* what loaders take */
#define FOOTER_SPACE_MAX   (1024u * 1024)

static const char help[] =
    "usage: tbf [option]... program.elf -o app.tbf\n"
    "       tbf show app.tbf\n"
    "       tbf place app.tbf --flash ADDRESS --ram ADDRESS [--header-area BYTES] -o placed.tbf\n"
    "Packs a linked ELF program for ARM Cortex-M or 32-bit RISC-V into an application; or says\n"
    "what is in one; or makes one that runs at any address into one that runs at these, its\n"
    "header at the one in flash, and the program BYTES behind that.\n"
    "\n"
    "  -o FILE                    where to write the application\n"
    "  --name NAME                its name; default: the ELF file's, without .elf\n"
    "  --version N                its version; default 0\n"
    "  --stack BYTES              default 2048\n"
    "  --app-heap BYTES           default 0; for programs of libtock-c 1024\n"
    "  --kernel-heap BYTES        for the kernel's notes about it (grants); default 512; for\n"
    "                             programs of libtock-c 1024\n"
    "  --minimum-ram BYTES        instead of program's RAM + stack + both heaps\n"
    "  --kernel-version X.Y       oldest kernel it runs on; default 2.0\n"
    "  --permission DRIVER:COMMAND  it may use this command; once given, no others;\n"
    "                             repeatable\n"
    "  --short-id ID              what its stored data is labelled with; not 0\n"
    "  --storage-write ID         it may store data (any ID but 0; the label is the short id)\n"
    "  --storage-read ID          it may read data with this label; repeatable, up to 8\n"
    "  --storage-modify ID        it may change data with this label; repeatable, up to 8\n"
    "  --sha256                   a credential: the digest of header and program\n"
    "  --footer-space BYTES       for credentials that come later\n"
    "  --writeable-region OFFSET:SIZE  flash it may rewrite, OFFSET from the header's\n"
    "                             start; repeatable\n"
    "  --disabled                 the kernel shall not start it\n"
    "  --help                     this\n"
    "\n"
    "The linker script defines _flash_start, the address of the first byte loaded, and "
    "_ram_start,\n"
    "the lowest address of its RAM. A program linked with -Wl,--emit-relocs runs at any address;\n"
    "any other only where it was linked for, with _flash_start 0x80 behind a multiple of 0x400\n"
    "(the header goes before it). Programs linked as libtock-c does it are packed as elf2tab\n"
    "does it: position-independent ones for 0x80000000, others with _sram_origin.\n";

enum option_code {
	OPTION_HELP = 256,
	OPTION_NAME,
	OPTION_VERSION,
	OPTION_STACK,
	OPTION_APP_HEAP,
	OPTION_KERNEL_HEAP,
	OPTION_MINIMUM_RAM,
	OPTION_KERNEL_VERSION,
	OPTION_PERMISSION,
	OPTION_WRITEABLE_REGION,
	OPTION_DISABLED,
	OPTION_SHORT_ID,
	OPTION_STORAGE_WRITE,
	OPTION_STORAGE_READ,
	OPTION_STORAGE_MODIFY,
	OPTION_SHA256,
	OPTION_FOOTER_SPACE,
};

static const struct option options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"name", required_argument, NULL, OPTION_NAME},
    {"version", required_argument, NULL, OPTION_VERSION},
    {"stack", required_argument, NULL, OPTION_STACK},
    {"app-heap", required_argument, NULL, OPTION_APP_HEAP},
    {"kernel-heap", required_argument, NULL, OPTION_KERNEL_HEAP},
    {"minimum-ram", required_argument, NULL, OPTION_MINIMUM_RAM},
    {"kernel-version", required_argument, NULL, OPTION_KERNEL_VERSION},
    {"permission", required_argument, NULL, OPTION_PERMISSION},
    {"writeable-region", required_argument, NULL, OPTION_WRITEABLE_REGION},
    {"disabled", no_argument, NULL, OPTION_DISABLED},
    {"short-id", required_argument, NULL, OPTION_SHORT_ID},
    {"storage-write", required_argument, NULL, OPTION_STORAGE_WRITE},
    {"storage-read", required_argument, NULL, OPTION_STORAGE_READ},
    {"storage-modify", required_argument, NULL, OPTION_STORAGE_MODIFY},
    {"sha256", no_argument, NULL, OPTION_SHA256},
    {"footer-space", required_argument, NULL, OPTION_FOOTER_SPACE},
    {NULL, 0, NULL, 0},
};

/* What the command line asked for. The lists hold as many as there are arguments, which is
 * enough. */
struct job {
	const char *input;
	const char *output;
	struct pack_request request;
	struct tbf_permission *permissions;
	struct tbf_region *regions;
	struct tbf_storage storage;
};

/* Adds one command, to the mask that is there for its driver and group if there is one. */
static void add_permission(struct job *job, const char *text)
{
	uint32_t pair[2];
	size_t count = job->request.permission_count;
	size_t i = 0;

	command_line_pair("--permission", text, ':', UINT32_MAX, pair);
	uint32_t group = pair[1] / COMMANDS_PER_GROUP;
	while (i < count &&
	       (job->permissions[i].driver != pair[0] || job->permissions[i].group != group)) {
		i++;
	}
	if (i == PERMISSIONS_MAX) {
		refuse("--permission: more than %u drivers and groups of %u commands",
		       PERMISSIONS_MAX, COMMANDS_PER_GROUP);
	}
	if (i == count) {
		job->permissions[i] = (struct tbf_permission){.driver = pair[0], .group = group};
		job->request.permission_count++;
	}
	job->permissions[i].mask |= (uint64_t)1 << pair[1] % COMMANDS_PER_GROUP;
}

static void add_region(struct job *job, const char *text)
{
	uint32_t pair[2];

	command_line_pair("--writeable-region", text, ':', UINT32_MAX, pair);
	job->regions[job->request.region_count++] = (struct tbf_region){pair[0], pair[1]};
}

static void set_short_id(struct job *job, const char *text)
{
	job->request.short_id = command_line_number("--short-id", text, UINT32_MAX);
	if (job->request.short_id == 0) {
		refuse("--short-id: 0 is no id; leave it away if it shall have none");
	}
}

static void set_storage_write(struct job *job, const char *text)
{
	job->storage.write_id = command_line_number("--storage-write", text, UINT32_MAX);
	job->request.storage = &job->storage;
}

static void add_storage_id(struct job *job, const char *option, uint32_t *ids, size_t *count)
{
	if (*count == TBF_STORAGE_IDS_MAX) {
		refuse("%s: more than %u ids", option, TBF_STORAGE_IDS_MAX);
	}
	ids[*count] = command_line_number(option, optarg, UINT32_MAX);
	(*count)++;
	job->request.storage = &job->storage;
}

/* Options that say what the application is and may do. False: it is none of these. */
static bool take_identity_option(struct job *job, int code)
{
	struct tbf_storage *storage = &job->storage;

	switch (code) {
	case OPTION_PERMISSION:
		add_permission(job, optarg);
		return true;
	case OPTION_SHORT_ID:
		set_short_id(job, optarg);
		return true;
	case OPTION_STORAGE_WRITE:
		set_storage_write(job, optarg);
		return true;
	case OPTION_STORAGE_READ:
		add_storage_id(job, "--storage-read", storage->read_ids, &storage->read_count);
		return true;
	case OPTION_STORAGE_MODIFY:
		add_storage_id(job, "--storage-modify", storage->modify_ids,
			       &storage->modify_count);
		return true;
	case OPTION_SHA256:
		job->request.sha_256 = true;
		return true;
	case OPTION_FOOTER_SPACE:
		job->request.footer_space =
		    command_line_number("--footer-space", optarg, FOOTER_SPACE_MAX);
		return true;
	default:
		return false;
	}
}

static void set_kernel_version(struct job *job, const char *text)
{
	uint32_t pair[2];

	command_line_pair("--kernel-version", text, '.', UINT16_MAX, pair);
	job->request.kernel_major = (uint16_t)pair[0];
	job->request.kernel_minor = (uint16_t)pair[1];
}

static void set_minimum_ram(struct job *job, const char *text)
{
	job->request.has_minimum_ram = true;
	job->request.minimum_ram = command_line_number("--minimum-ram", text, UINT32_MAX);
}

static void print_help(void)
{
	fputs(help, stdout);
	exit(EXIT_SUCCESS);
}

static void take_option(struct job *job, int code, char **argv)
{
	struct pack_request *request = &job->request;

	switch (code) {
	case 'o':
		job->output = optarg;
		return;
	case OPTION_HELP:
		print_help();
		return;
	case OPTION_NAME:
		request->name = optarg;
		return;
	case OPTION_VERSION:
		request->version = command_line_number("--version", optarg, UINT32_MAX);
		return;
	case OPTION_STACK:
		request->stack = command_line_number("--stack", optarg, RAM_MAX);
		return;
	case OPTION_APP_HEAP:
		request->app_heap = command_line_number("--app-heap", optarg, RAM_MAX);
		return;
	case OPTION_KERNEL_HEAP:
		request->kernel_heap = command_line_number("--kernel-heap", optarg, RAM_MAX);
		return;
	case OPTION_MINIMUM_RAM:
		set_minimum_ram(job, optarg);
		return;
	case OPTION_KERNEL_VERSION:
		set_kernel_version(job, optarg);
		return;
	case OPTION_WRITEABLE_REGION:
		add_region(job, optarg);
		return;
	case OPTION_DISABLED:
		request->disabled = true;
		return;
	default:
		if (!take_identity_option(job, code)) {
			command_line_bad_option(code, argv);
		}
	}
}

static void check_name(const char *name)
{
	if (strlen(name) > NAME_LENGTH_MAX) {
		refuse("--name: %zu bytes are too many, the limit is %u", strlen(name),
		       NAME_LENGTH_MAX);
	}
	for (size_t i = 0; name[i] != '\0'; i++) {
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f) {
			refuse("--name: control characters cannot be part of a name");
		}
	}
	if (name[0] == '\0') {
		refuse("--name: give at least one character");
	}
}

/* "build/hello.elf" gives "hello". */
static char *name_from_path(const char *path)
{
	char *name = strdup(file_base_name(path));

	if (name == NULL) {
		refuse("no memory");
	}
	size_t length = strlen(name);
	if (length > 4 && strcmp(&name[length - 4], ".elf") == 0) {
		name[length - 4] = '\0';
	}
	return name;
}

static void read_command_line(struct job *job, int argc, char **argv)
{
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		take_option(job, code, argv);
	}
	if (argc - optind != 1) {
		refuse("give one ELF file; see --help");
	}
	if (job->output == NULL) {
		refuse("say where to write the application: -o app.tbf");
	}
	job->input = argv[optind];
}

static void job_start(struct job *job, int argc)
{
	*job = (struct job){
	    .request = {.stack = PACK_DEFAULT,
			.app_heap = PACK_DEFAULT,
			.kernel_heap = PACK_DEFAULT,
			.kernel_major = 2},
	    .permissions = calloc((size_t)argc, sizeof(struct tbf_permission)),
	    .regions = calloc((size_t)argc, sizeof(struct tbf_region)),
	};
	if (job->permissions == NULL || job->regions == NULL) {
		refuse("no memory");
	}
	job->request.permissions = job->permissions;
	job->request.regions = job->regions;
}

static void job_run(const struct job *job)
{
	struct program program;
	size_t length;

	program_open(&program, job->input);
	uint8_t *bytes = pack(&program, &job->request, &length);
	file_write(job->output, bytes, length);
	free(bytes);
	program_close(&program);
}

int main(int argc, char **argv)
{
	struct job job;

	if (argc == 3 && strcmp(argv[1], "show") == 0) {
		show(argv[2]);
		return EXIT_SUCCESS;
	}
	if (argc > 1 && strcmp(argv[1], "place") == 0) {
		place_command(argc - 1, &argv[1]);
		return EXIT_SUCCESS;
	}
	job_start(&job, argc);
	read_command_line(&job, argc, argv);
	char *default_name = name_from_path(job.input);
	if (job.request.name == NULL) {
		job.request.name = default_name;
	}
	check_name(job.request.name);
	job_run(&job);
	free(default_name);
	free(job.permissions);
	free(job.regions);
	return EXIT_SUCCESS;
}
