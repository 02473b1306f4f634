/* tab: puts an application for several processors into one archive, packing what is not yet packed; shows and
 * unpacks one. */

#include <tools/tab/archive.h>
#include <tools/tab/processor.h>
#include <tools/tbf/command_line.h>
#include <tools/tbf/pack_options.h>
#include <tools/tbf/relocation.h>

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "usage: tab [option]... [PROCESSOR=]FILE... -o app.tab\n"
    "       tab show app.tab\n"
    "       tab extract app.tab FOLDER\n"
    "Puts one application, for several processors, into one archive; or says what is in one; or\n"
    "writes its files to a folder. A FILE is a linked ELF program, which is packed as tbf does\n"
    "it, or an application (TBF).\n"
    "\n"
    "  -o FILE                    where to write the archive\n"
    "  --name NAME                default: the name in the first application; for ELF files the\n"
    "                             archive's, without .tab\n"
    "  --only-for-boards NAME,NAME  default: all boards\n"
    "  --build-date DATE          as in 2026-01-31T12:00:00Z; default: none, so that the same\n"
    "                             files give the same archive\n"
    "  --help                     this\n"
    "\n"
    "PROCESSOR is cortex-m3, rv32imac and so on. It can be left away where the file's name\n"
    "begins with it: cortex-m3.elf.\n"
    "\n"
    "For ELF files (tbf --help says what they must define):\n"
    "\n";

enum option_code {
	OPTION_HELP = 256,
	OPTION_BOARDS,
	OPTION_DATE,
};

static const struct option own_options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"only-for-boards", required_argument, NULL, OPTION_BOARDS},
    {"build-date", required_argument, NULL, OPTION_DATE},
    {NULL, 0, NULL, 0},
};

/* What the command line asked for. */
struct job {
	const char *output;
	struct pack_options pack;
	struct bundle bundle;
};

/* Copies `text`, which must be printable, from wherever it comes. */
static void set_text(char *value, const char *what, const char *text, size_t length)
{
	if (length > METADATA_TEXT_MAX) {
		refuse("%s: %zu bytes are too many, the limit is %u", what, length,
		       METADATA_TEXT_MAX);
	}
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
			refuse("%s: control characters cannot be part of it", what);
		}
	}
	memcpy(value, text, length);
	value[length] = '\0';
}

static void set_date(char *value, const char *text)
{
	if (text[strspn(text, "0123456789-:TZ.+")] != '\0' || strlen(text) < strlen("2026-01-31")) {
		refuse("--build-date %s: give a date as in 2026-01-31T12:00:00Z", text);
	}
	set_text(value, "--build-date", text, strlen(text));
}

static void print_help(void)
{
	printf("%s%s", help, pack_options_help);
	exit(EXIT_SUCCESS);
}

static void take_option(struct job *job, int code, char **argv)
{
	struct metadata *metadata = &job->bundle.metadata;

	switch (code) {
	case 'o':
		job->output = optarg;
		return;
	case OPTION_HELP:
		print_help();
		return;
	case OPTION_BOARDS:
		set_text(metadata->only_for_boards, "--only-for-boards", optarg, strlen(optarg));
		return;
	case OPTION_DATE:
		set_date(metadata->build_date, optarg);
		return;
	default:
		if (!pack_options_take(&job->pack, code, optarg)) {
			command_line_bad_option(code, argv);
		}
	}
}

/* One application to be put in, as the command line names it. */
struct input {
	struct file file;
	const char *processor; /* not terminated */
	size_t processor_length;
	struct tbf_header header;
};

/* PROCESSOR=FILE, or a FILE whose name begins with the processor's. */
static void take_processor(struct input *input, char *argument)
{
	char *equals = strchr(argument, '=');
	const char *path = equals != NULL ? equals + 1 : argument;

	input->processor = equals != NULL ? argument : file_base_name(path);
	input->processor_length =
	    equals != NULL ? (size_t)(equals - argument) : strcspn(input->processor, ".");
	if (processor_family(input->processor, input->processor_length) == PROCESSOR_OTHER) {
		refuse("%s: say which processor it is for, as in cortex-m3=%s or rv32imac=%s",
		       argument, path, path);
	}
	file_read(&input->file, path);
}

static void check_processor(const struct input *input)
{
	enum processor_family family = processor_family(input->processor, input->processor_length);
	struct relocation_table table;

	if (input->header.relocations == NULL) {
		return; /* it does not tell */
	}
	const char *wrong =
	    relocation_read(&table, input->header.relocations, input->header.relocations_length);
	if (wrong != NULL) {
		refuse("%s: %s", input->file.path, wrong);
	}
	if ((table.architecture == RELOCATION_ARM) != (family == PROCESSOR_ARM)) {
		refuse("%s: packed for %s, so it cannot be for %.*s; give the file that is",
		       input->file.path, table.architecture == RELOCATION_ARM ? "ARM" : "RISC-V",
		       (int)input->processor_length, input->processor);
	}
}

static bool is_elf(const struct file *file)
{
	return file->length >= SELFMAG && memcmp(file->bytes, ELFMAG, SELFMAG) == 0;
}

/* Makes the application of a program. */
static void pack_input(struct input *input, const struct pack_request *request)
{
	enum processor_family family = processor_family(input->processor, input->processor_length);
	const char *path = input->file.path;
	struct program program;
	size_t length;

	pack_options_check_name(request->name);
	program_parse(&program, input->file);
	if (program.is_arm != (family == PROCESSOR_ARM)) {
		refuse("%s: compiled for %s, so it cannot be for %.*s; give the file that is", path,
		       program.is_arm ? "ARM" : "RISC-V", (int)input->processor_length,
		       input->processor);
	}
	uint8_t *bytes = pack(&program, request, &length);
	program_close(&program);
	input->file = (struct file){path, bytes, length};
}

static void read_input(struct input *input, char *argument, const struct pack_options *options)
{
	take_processor(input, argument);
	if (is_elf(&input->file)) {
		pack_input(input, &options->request);
	} else if (options->given != NULL) {
		refuse("%s: is packed already, --%s comes too late; give its ELF file, or no such "
		       "option",
		       input->file.path, options->given);
	}
	const char *wrong = tbf_read(&input->header, input->file.bytes, input->file.length);
	if (wrong != NULL) {
		refuse("%s: %s; pack it again", input->file.path, wrong);
	}
	if (!input->header.has_program) {
		refuse("%s: is padding, no application", input->file.path);
	}
	if (input->file.length > input->header.total_size) {
		refuse("%s: the file has %zu bytes, its header says %" PRIu32 "; pack it again",
		       input->file.path, input->file.length, input->header.total_size);
	}
	check_processor(input);
}

static bool is_fixed(const struct tbf_header *header)
{
	return header->relocations == NULL &&
	       (header->fixed_flash != TBF_NOT_FIXED || header->fixed_ram != TBF_NOT_FIXED);
}

static void name_member(struct archive_member *member, const struct input *input)
{
	int length = snprintf(member->name, sizeof(member->name), "%.*s",
			      (int)input->processor_length, input->processor);

	if (length >= 32) {
		refuse("%s: %s is no processor", input->file.path, member->name);
	}
	snprintf(&member->name[length], sizeof(member->name) - (size_t)length, ".tbf");
	if (is_fixed(&input->header)) {
		snprintf(&member->name[length], sizeof(member->name) - (size_t)length,
			 ".0x%08" PRIX32 ".0x%08" PRIX32 ".tbf", input->header.fixed_flash,
			 input->header.fixed_ram);
	}
}

/* Two files of one application have one name, and whoever unpacks them would lose one of two with the
 * same name in the archive. */
static void check_fits_others(const struct bundle *bundle, const struct input *input)
{
	const struct archive_member *added = &bundle->members[bundle->count];

	for (size_t i = 0; i < bundle->count; i++) {
		if (strcmp(bundle->members[i].name, added->name) == 0) {
			refuse("%s: there is a %s already; give one file for each processor",
			       input->file.path, added->name);
		}
	}
}

static void take_name(struct metadata *metadata, const struct input *input, bool name_given)
{
	const struct tbf_header *header = &input->header;

	if (name_given) {
		return;
	}
	if (metadata->name[0] == '\0') {
		set_text(metadata->name, input->file.path, header->name != NULL ? header->name : "",
			 header->name_length);
	} else if (strlen(metadata->name) != header->name_length ||
		   memcmp(metadata->name, header->name, header->name_length) != 0) {
		refuse("%s: is called %.*s, those before it %s; leave it out, or give --name",
		       input->file.path, (int)header->name_length,
		       header->name != NULL ? header->name : "", metadata->name);
	}
}

/* The oldest kernel that will do for all. */
static void take_kernel_version(struct metadata *metadata, const struct tbf_header *header)
{
	unsigned int major = 0;
	unsigned int minor = 0;

	sscanf(metadata->kernel_version, "%u.%u", &major, &minor);
	if (header->has_kernel_version &&
	    (header->kernel_major > major ||
	     (header->kernel_major == major && header->kernel_minor > minor))) {
		snprintf(metadata->kernel_version, sizeof(metadata->kernel_version), "%u.%u",
			 header->kernel_major, header->kernel_minor);
	}
}

static void add_input(struct job *job, char *argument, bool name_given)
{
	struct bundle *bundle = &job->bundle;
	struct archive_member *member = &bundle->members[bundle->count];
	struct input input = {0};

	if (bundle->count == ARCHIVE_MEMBERS_MAX) {
		refuse("more than %u applications", ARCHIVE_MEMBERS_MAX);
	}
	read_input(&input, argument, &job->pack);
	name_member(member, &input);
	check_fits_others(bundle, &input);
	take_name(&bundle->metadata, &input, name_given);
	take_kernel_version(&bundle->metadata, &input.header);
	member->bytes = input.file.bytes;
	member->length = input.file.length;
	bundle->count++;
}

static void read_command_line(struct job *job, int argc, char **argv)
{
	struct option *all = pack_options_beside(own_options);
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, ":o:", all, NULL)) != -1) {
		take_option(job, code, argv);
	}
	free(all);
	if (job->output == NULL) {
		refuse("say where to write the archive: -o app.tab");
	}
	if (optind == argc) {
		refuse("give at least one application; see --help");
	}
}

static void make(int argc, char **argv)
{
	struct job job = {0};
	size_t length;

	pack_options_start(&job.pack, argc);
	read_command_line(&job, argc, argv);
	char *default_name = file_stem(job.output, ".tab");
	const char *name = job.pack.request.name;
	if (name != NULL) {
		set_text(job.bundle.metadata.name, "--name", name, strlen(name));
	} else {
		job.pack.request.name = default_name;
	}
	for (int i = optind; i < argc; i++) {
		add_input(&job, argv[i], name != NULL);
	}
	uint8_t *bytes = archive_write(&job.bundle, &length);
	if (bytes == NULL) {
		refuse("no memory");
	}
	file_write(job.output, bytes, length);
	free(bytes);
	free(default_name);
	archive_close(&job.bundle);
	pack_options_release(&job.pack);
}
static void open_archive(struct bundle *bundle, const char *path)
{
	struct file file;

	file_read(&file, path);
	const char *wrong = archive_open(bundle, file.bytes, file.length);
	if (wrong != NULL) {
		refuse("%s: %s", path, wrong);
	}
	file_release(&file);
}

/* Refuses an archive with an application that is not whole. */
static void read_member(const char *path, const struct archive_member *member,
			struct tbf_header *header)
{
	const char *wrong = tbf_read(header, member->bytes, member->length);

	if (wrong == NULL && member->length > header->total_size) {
		wrong = "is longer than its header says";
	}
	if (wrong != NULL) {
		refuse("%s: member %s: %s; make the archive anew", path, member->name, wrong);
	}
}

static void read_all_members(const char *path, const struct bundle *bundle,
			     struct tbf_header *headers)
{
	for (size_t i = 0; i < bundle->count; i++) {
		read_member(path, &bundle->members[i], &headers[i]);
	}
}

static void print_text(const char *label, const char *text)
{
	printf("%-18s", label);
	for (size_t i = 0; text[i] != '\0'; i++) {
		putchar((unsigned char)text[i] < 0x20 || text[i] == 0x7f ? '?' : text[i]);
	}
	putchar('\n');
}

static void print_member(const struct archive_member *member, const struct tbf_header *header)
{
	printf("%-40s %8" PRIu32 " bytes", member->name, header->total_size);
	if (is_fixed(header)) {
		printf(", only for flash 0x%08" PRIx32 " and RAM 0x%08" PRIx32, header->fixed_flash,
		       header->fixed_ram);
	}
	printf(", RAM %" PRIu32 "\n", header->minimum_ram);
}

static void show(const char *path)
{
	struct bundle bundle;
	struct tbf_header headers[ARCHIVE_MEMBERS_MAX];

	open_archive(&bundle, path);
	read_all_members(path, &bundle, headers);
	print_text("name", bundle.metadata.name);
	if (bundle.metadata.only_for_boards[0] != '\0') {
		print_text("only for boards", bundle.metadata.only_for_boards);
	}
	if (bundle.metadata.kernel_version[0] != '\0') {
		print_text("kernel, at least", bundle.metadata.kernel_version);
	}
	if (bundle.metadata.build_date[0] != '\0') {
		print_text("built", bundle.metadata.build_date);
	}
	for (size_t i = 0; i < bundle.count; i++) {
		print_member(&bundle.members[i], &headers[i]);
	}
	archive_close(&bundle);
}

static void extract(const char *path, const char *folder)
{
	struct bundle bundle;
	struct tbf_header headers[ARCHIVE_MEMBERS_MAX];

	open_archive(&bundle, path);
	read_all_members(path, &bundle, headers);
	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		refuse("%s: cannot be made: %s", folder, strerror(errno));
	}
	for (size_t i = 0; i < bundle.count; i++) {
		char *out;
		if (asprintf(&out, "%s/%s", folder, bundle.members[i].name) < 0) {
			refuse("no memory");
		}
		file_write(out, bundle.members[i].bytes, bundle.members[i].length);
		free(out);
	}
	archive_close(&bundle);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "show") == 0) {
		show(argv[2]);
	} else if (argc == 4 && strcmp(argv[1], "extract") == 0) {
		extract(argv[2], argv[3]);
	} else {
		make(argc, argv);
	}
	return EXIT_SUCCESS;
}
