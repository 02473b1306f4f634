/* image: puts a kernel and applications into one flat flash image.
 *
 * Everything is read, checked and given its place first; the image is written last, or not at all.
 * In it the list of applications can be walked from its start: gaps are padding applications, and
 * behind the last there is a word of erased flash, which ends the list. */

#include <tools/image/application.h>
#include <tools/image/kernel_facts.h>
#include <tools/image/layout.h>
#include <tools/image/map.h>
#include <tools/tbf/command_line.h>
#include <tools/tbf/program.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERASED          0xff
#define END_MARKER_SIZE 4u
#define FLASH_SIZE_MAX  (256u * 1024 * 1024)

typedef unsigned long long number; /* for printf */

static const char help[] =
    "usage: image [option]... --kernel kernel.elf -o image.bin [app.tbf[@ADDRESS]]...\n"
    "Puts a kernel and applications into one flat flash image.\n"
    "\n"
    "  -o FILE               where to write the image\n"
    "  --kernel FILE         the kernel, an ELF executable\n"
    "  --flash-start ADDRESS first address of flash; the image begins there\n"
    "  --flash-size BYTES    size of flash\n"
    "  --apps-start ADDRESS  where the kernel's flash ends and the applications' begins\n"
    "  --apps-end ADDRESS    where the applications' flash ends; default: with the flash\n"
    "  --arch ARCH           armv7m or rv32; default: what the kernel was compiled for\n"
    "  --board NAME          the board's name, for messages\n"
    "  --map                 print what lies where\n"
    "  --placement FILE      write where each application's program and RAM are, for debuggers\n"
    "  --raw                 place applications even if damaged or impossible to protect\n"
    "  --help                this\n"
    "\n"
    "An application linked for an address is placed there, one with @ADDRESS at that address,\n"
    "any other where there is room. One with a relocation table is made to run there.\n"
    "Of an archive (app.tab), the file that suits processor and room is taken.\n";

enum option_code {
	OPTION_HELP = 256,
	OPTION_KERNEL,
	OPTION_FLASH_START,
	OPTION_FLASH_SIZE,
	OPTION_APPS_START,
	OPTION_APPS_END,
	OPTION_ARCH,
	OPTION_BOARD,
	OPTION_MAP,
	OPTION_PLACEMENT,
	OPTION_RAW,
};

static const struct option options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"kernel", required_argument, NULL, OPTION_KERNEL},
    {"flash-start", required_argument, NULL, OPTION_FLASH_START},
    {"flash-size", required_argument, NULL, OPTION_FLASH_SIZE},
    {"apps-start", required_argument, NULL, OPTION_APPS_START},
    {"apps-end", required_argument, NULL, OPTION_APPS_END},
    {"arch", required_argument, NULL, OPTION_ARCH},
    {"board", required_argument, NULL, OPTION_BOARD},
    {"map", no_argument, NULL, OPTION_MAP},
    {"placement", required_argument, NULL, OPTION_PLACEMENT},
    {"raw", no_argument, NULL, OPTION_RAW},
    {NULL, 0, NULL, 0},
};

/* A number from the command line that may be missing. */
struct setting {
	bool is_given;
	uint64_t value;
};

/* All that goes into an image. `flash_end`, and the architecture in `layout`, follow from the
 * rest. */
struct image {
	const char *board;
	const char *output;
	const char *kernel_path;
	const char *arch;      /* NULL: as the kernel */
	const char *placement; /* NULL: not written */
	bool map;
	bool raw;
	struct setting flash_start;
	struct setting flash_size;
	struct setting apps_start;
	struct setting apps_end;
	uint64_t flash_end;

	struct program kernel;
	uint64_t kernel_end; /* behind its last byte in flash */
	struct application *applications;
	size_t application_count;
	struct layout layout;
	struct kernel_facts facts;
};

static void set_number(struct setting *setting, const char *option)
{
	setting->is_given = true;
	setting->value = command_line_number(option, optarg, UINT32_MAX);
}

static void print_help(void)
{
	fputs(help, stdout);
	exit(EXIT_SUCCESS);
}

static void take_option(struct image *image, int code, char **argv)
{
	switch (code) {
	case 'o':
		image->output = optarg;
		return;
	case OPTION_HELP:
		print_help();
		return;
	case OPTION_KERNEL:
		image->kernel_path = optarg;
		return;
	case OPTION_FLASH_START:
		set_number(&image->flash_start, "--flash-start");
		return;
	case OPTION_FLASH_SIZE:
		set_number(&image->flash_size, "--flash-size");
		return;
	case OPTION_APPS_START:
		set_number(&image->apps_start, "--apps-start");
		return;
	case OPTION_APPS_END:
		set_number(&image->apps_end, "--apps-end");
		return;
	case OPTION_ARCH:
		image->arch = optarg;
		return;
	case OPTION_BOARD:
		image->board = optarg;
		return;
	case OPTION_MAP:
		image->map = true;
		return;
	case OPTION_PLACEMENT:
		image->placement = optarg;
		return;
	case OPTION_RAW:
		image->raw = true;
		return;
	default:
		command_line_bad_option(code, argv);
	}
}

static void require(bool given, const char *option)
{
	if (!given) {
		refuse("%s is missing; see --help", option);
	}
}

static void check_flash(struct image *image)
{
	uint64_t start = image->flash_start.value;

	if (image->flash_size.value > FLASH_SIZE_MAX) {
		refuse("--flash-size: %llu bytes are too many, the limit is %u",
		       (number)image->flash_size.value, FLASH_SIZE_MAX);
	}
	image->flash_end = start + image->flash_size.value;
	if (!image->apps_end.is_given) {
		image->apps_end.value = image->flash_end;
	}
	if (image->apps_start.value < start || image->apps_end.value > image->flash_end ||
	    image->apps_start.value > image->apps_end.value) {
		refuse("--apps-start and --apps-end: 0x%08llx..0x%08llx is not inside the flash "
		       "0x%08llx..0x%08llx",
		       (number)image->apps_start.value, (number)image->apps_end.value,
		       (number)start, (number)image->flash_end);
	}
	if (image->apps_start.value % 4 != 0 || image->apps_end.value % 4 != 0) {
		refuse("--apps-start and --apps-end must be multiples of 4");
	}
}

static void read_command_line(struct image *image, int argc, char **argv)
{
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		take_option(image, code, argv);
	}
	require(image->output != NULL, "-o");
	require(image->kernel_path != NULL, "--kernel");
	require(image->flash_start.is_given, "--flash-start");
	require(image->flash_size.is_given, "--flash-size");
	require(image->apps_start.is_given, "--apps-start");
	check_flash(image);
}

static const char *architecture_name(enum architecture architecture)
{
	return architecture == ARCHITECTURE_ARMV7M ? "armv7m" : "rv32";
}

static void choose_architecture(struct image *image)
{
	enum architecture compiled_for =
	    image->kernel.is_arm ? ARCHITECTURE_ARMV7M : ARCHITECTURE_RV32;
	const char *name = architecture_name(compiled_for);

	if (image->arch != NULL && strcmp(image->arch, "armv7m") != 0 &&
	    strcmp(image->arch, "rv32") != 0) {
		refuse("--arch %s: give armv7m or rv32", image->arch);
	}
	if (image->arch != NULL && strcmp(image->arch, name) != 0) {
		refuse("%s: compiled for %s, the board is %s; give the kernel of this board",
		       image->kernel_path, name, image->arch);
	}
	image->layout.architecture = compiled_for;
}

static uint64_t segment_end(const struct segment *segment)
{
	return (uint64_t)segment->load_address + segment->file_size;
}

static void check_kernel_segment(struct image *image, const struct segment *segment)
{
	uint64_t end = segment_end(segment);

	if (segment->file_size == 0) {
		return;
	}
	if (segment->load_address < image->flash_start.value || end > image->apps_start.value) {
		refuse("%s: 0x%08x..0x%08llx lies outside the kernel's flash "
		       "0x%08llx..0x%08llx; make the kernel smaller or correct its layout",
		       image->kernel_path, segment->load_address, (number)end,
		       (number)image->flash_start.value, (number)image->apps_start.value);
	}
	if (end > image->kernel_end) {
		image->kernel_end = end;
	}
}

static void check_kernel_overlap(const struct image *image, const struct segment *a,
				 const struct segment *b)
{
	if (a->file_size > 0 && b->file_size > 0 && a->load_address < segment_end(b) &&
	    b->load_address < segment_end(a)) {
		refuse("%s: two segments are loaded over each other, at 0x%08x and 0x%08x; "
		       "correct the kernel's layout",
		       image->kernel_path, a->load_address, b->load_address);
	}
}

static void read_kernel(struct image *image)
{
	program_open(&image->kernel, image->kernel_path);
	choose_architecture(image);
	image->kernel_end = image->flash_start.value;
	for (size_t i = 0; i < image->kernel.segment_count; i++) {
		check_kernel_segment(image, &image->kernel.segments[i]);
		for (size_t j = 0; j < i; j++) {
			check_kernel_overlap(image, &image->kernel.segments[i],
					     &image->kernel.segments[j]);
		}
	}
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* A TBF does not say which processor it is for, but archives name their members after it. */
static void check_architecture_hint(const struct image *image,
				    const struct application *application)
{
	const char *name = file_base_name(application->path);
	bool is_arm = starts_with(name, "cortex-m");
	bool is_riscv = starts_with(name, "rv32") || starts_with(name, "rv64");
	enum architecture hinted = is_arm ? ARCHITECTURE_ARMV7M : ARCHITECTURE_RV32;

	if ((is_arm || is_riscv) && hinted != image->layout.architecture) {
		refuse("%s: named as built for another processor, the board is %s; give the "
		       "file for this board, or rename it",
		       application->label, architecture_name(image->layout.architecture));
	}
}

static void read_applications(struct image *image, char **arguments, size_t count)
{
	image->applications = calloc(count + 1, sizeof(struct application));
	if (image->applications == NULL) {
		refuse("no memory");
	}
	image->application_count = count;
	struct application_board board = {
	    .is_arm = image->kernel.is_arm,
	    .name = image->board,
	    .raw = image->raw,
	};
	for (size_t i = 0; i < count; i++) {
		application_read(&image->applications[i], arguments[i], &board);
		if (!image->raw) {
			check_architecture_hint(image, &image->applications[i]);
		}
	}
}

static void find_ram(struct image *image)
{
	image->facts.process_slots = KERNEL_FACTS_NO_SLOTS;
	if (kernel_facts_read(&image->facts, &image->kernel)) {
		image->layout.ram = &image->facts.ram;
		return;
	}
	for (size_t i = 0; i < image->application_count; i++) {
		if (image->applications[i].is_relocatable) {
			refuse("%s: has no symbols _process_ram_start, _process_ram_end and "
			       "process_bytes, which tell the RAM for %s; do not strip it",
			       image->kernel_path, image->applications[i].label);
		}
	}
}

/* The kernel would load as many as it has room for, and leave the others out. */
static void check_slots(const struct image *image)
{
	size_t processes = 0;

	for (size_t i = 0; i < image->application_count; i++) {
		processes += application_runs(&image->applications[i]) ? 1 : 0;
	}
	if (processes > image->facts.process_slots && !image->raw) {
		refuse("%zu applications would run, the board has room for %zu processes; leave "
		       "out %zu, or give the board more (PROCESS_SLOTS in its board.mk)",
		       processes, image->facts.process_slots,
		       processes - image->facts.process_slots);
	}
}

static void place_applications(struct image *image)
{
	find_ram(image);
	check_slots(image);
	image->layout.start = image->apps_start.value;
	image->layout.end = image->apps_end.value;
	image->layout.raw = image->raw;
	layout_place(&image->layout, image->applications, image->application_count);
	for (size_t i = 0; i < image->application_count; i++) {
		application_settle(&image->applications[i]);
	}
}

/* Where in the image an address of flash lies. */
static size_t image_offset(const struct image *image, uint64_t address)
{
	return (size_t)(address - image->flash_start.value);
}

static void copy_kernel(const struct image *image, uint8_t *bytes)
{
	for (size_t i = 0; i < image->kernel.segment_count; i++) {
		const struct segment *segment = &image->kernel.segments[i];
		if (segment->file_size > 0) {
			memcpy(&bytes[image_offset(image, segment->load_address)],
			       &image->kernel.file.bytes[segment->file_offset], segment->file_size);
		}
	}
}

static void copy_applications(const struct image *image, uint8_t *bytes)
{
	for (size_t i = 0; i < image->layout.count; i++) {
		const struct application *application = image->layout.placed[i];
		uint64_t free_from = layout_gap_start(&image->layout, i);
		if (free_from < application->address) {
			tbf_padding_write(&bytes[image_offset(image, free_from)],
					  (uint32_t)(application->address - free_from));
		}
		memcpy(&bytes[image_offset(image, application->address)], application->file.bytes,
		       application->file.length);
	}
}

/* Behind the last application the flash may hold anything, so the list's end is part of the image,
 * unless the flash ends too. */
static uint64_t image_end(const struct image *image)
{
	uint64_t end = layout_end(&image->layout);

	return end + END_MARKER_SIZE <= image->layout.end ? end + END_MARKER_SIZE : end;
}

static void write_image(const struct image *image)
{
	size_t length = image_offset(image, image_end(image));
	uint8_t *bytes = malloc(length > 0 ? length : 1);

	if (bytes == NULL) {
		refuse("no memory for an image of %zu bytes", length);
	}
	memset(bytes, ERASED, length);
	copy_kernel(image, bytes);
	copy_applications(image, bytes);
	file_write(image->output, bytes, length);
	free(bytes);
}

/* A line of the placement file: where the program begins in flash, where its RAM begins ("-" if
 * that is not known), and the file it came from. */
static void print_placement(FILE *stream, const struct application *application)
{
	const struct tbf_header *header = &application->header;

	if (!application->is_readable || !header->has_program) {
		return;
	}
	fprintf(stream, "0x%08llx ",
		(number)(application->address + application_program_offset(application)));
	if (header->fixed_ram != TBF_NOT_FIXED) {
		fprintf(stream, "0x%08x ", header->fixed_ram);
	} else if (application->ram_end > application->ram_start) {
		fprintf(stream, "0x%08llx ", (number)application->ram_start); /* ram.h, M1 */
	} else {
		fputs("- ", stream);
	}
	fprintf(stream, "%s\n", application->path);
}

static void write_placement(const struct image *image)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);

	for (size_t i = 0; stream != NULL && i < image->layout.count; i++) {
		print_placement(stream, image->layout.placed[i]);
	}
	if (stream == NULL || fclose(stream) != 0) {
		refuse("no memory");
	}
	file_write(image->placement, (const uint8_t *)text, length);
	free(text);
}

static void print_map(const struct image *image)
{
	struct map map = {
	    .layout = &image->layout,
	    .process_slots = image->facts.process_slots,
	    .flash_start = image->flash_start.value,
	    .kernel_end = image->kernel_end,
	    .image_size = image_offset(image, image_end(image)),
	};

	if (image->board != NULL) {
		printf("%s (%s)\n", image->board, architecture_name(image->layout.architecture));
	}
	map_print(&map);
}

static void image_release(struct image *image)
{
	for (size_t i = 0; i < image->application_count; i++) {
		application_release(&image->applications[i]);
	}
	free(image->applications);
	layout_release(&image->layout);
	program_close(&image->kernel);
}

int main(int argc, char **argv)
{
	struct image image = {0};

	read_command_line(&image, argc, argv);
	read_kernel(&image);
	read_applications(&image, &argv[optind], (size_t)(argc - optind));
	place_applications(&image);
	write_image(&image);
	if (image.placement != NULL) {
		write_placement(&image);
	}
	if (image.map) {
		print_map(&image);
	}
	image_release(&image);
	return EXIT_SUCCESS;
}
