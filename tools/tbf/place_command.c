/* One application, for addresses that somebody else chose. tools/image chooses them itself. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/file.h>
#include <tools/tbf/mpu.h>
#include <tools/tbf/place.h>
#include <tools/tbf/place_command.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define AREA_MAX 0x10000u

enum option_code {
	OPTION_FLASH = 256,
	OPTION_RAM,
	OPTION_HEADER_AREA,
};

static const struct option options[] = {
    {"flash", required_argument, NULL, OPTION_FLASH},
    {"ram", required_argument, NULL, OPTION_RAM},
    {"header-area", required_argument, NULL, OPTION_HEADER_AREA},
    {NULL, 0, NULL, 0},
};

struct request {
	const char *input;
	const char *output;
	bool has_flash;
	bool has_ram;
	uint32_t flash;
	uint32_t ram;
	uint32_t area;
};

static void read_command_line(struct request *request, int argc, char **argv)
{
	int code;

	opterr = 0;
	while ((code = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		switch (code) {
		case 'o':
			request->output = optarg;
			break;
		case OPTION_FLASH:
			request->has_flash = true;
			request->flash = command_line_number("--flash", optarg, UINT32_MAX);
			break;
		case OPTION_RAM:
			request->has_ram = true;
			request->ram = command_line_number("--ram", optarg, UINT32_MAX);
			break;
		case OPTION_HEADER_AREA:
			request->area = command_line_number("--header-area", optarg, AREA_MAX);
			break;
		default:
			command_line_bad_option(code, argv);
		}
	}
	if (argc - optind != 1 || request->output == NULL || !request->has_flash ||
	    !request->has_ram) {
		refuse("place: give one application, --flash, --ram and -o; see --help");
	}
	request->input = argv[optind];
}

static uint64_t choose_size(const struct placement *placement, const struct request *request)
{
	if (placement->table.architecture != RELOCATION_ARM) {
		return placement->size;
	}
	uint64_t size = mpu_flash_size(request->flash, placement->size);
	if (size == 0) {
		refuse("%s: no MPU region covers its %llu bytes at 0x%08x; choose a multiple of "
		       "0x%llx",
		       request->input, (unsigned long long)placement->size, request->flash,
		       (unsigned long long)mpu_block(placement->size));
	}
	return size;
}

void place_command(int argc, char **argv)
{
	struct request request = {0};
	struct placement placement;
	struct file file;

	read_command_line(&request, argc, argv);
	file_read(&file, request.input);
	const char *wrong = placement_read(&placement, file.bytes, file.length, request.area);
	if (wrong == NULL) {
		wrong = placement_check(&placement, request.flash, request.ram);
	}
	if (wrong != NULL) {
		refuse("%s: %s", request.input, wrong);
	}
	uint64_t size = choose_size(&placement, &request);
	uint8_t *bytes = malloc(size);
	if (bytes == NULL) {
		refuse("%s: no memory for %llu bytes", request.input, (unsigned long long)size);
	}
	placement_write(&placement, request.flash, request.ram, bytes, size);
	file_write(request.output, bytes, size);
	free(bytes);
	file_release(&file);
}
