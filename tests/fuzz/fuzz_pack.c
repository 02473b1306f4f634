/* libFuzzer: any bytes as an ELF file for the packer, behind a byte of options. What it packs is an application
 * that can be read back; one that runs anywhere can be placed. */

#include "refusal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tools/tbf/pack.h>
#include <tools/tbf/place.h>

enum {
	SHA_256 = 1,
	PERMISSIONS = 2,
	FOOTER_SPACE = 4,
	DISTANCE = 0x10000, /* as far as it is moved */
};

struct input {
	struct program program;
	uint8_t options;
	uint8_t *bytes;
	size_t length;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pack_request request_for(uint8_t options)
{
	static const struct tbf_permission permissions[] = {{1, 0, 3}, {0x30004, 2, 1}};

	return (struct pack_request){
	    .name = "fuzz",
	    .stack = PACK_DEFAULT,
	    .app_heap = PACK_DEFAULT,
	    .kernel_heap = PACK_DEFAULT,
	    .kernel_major = 2,
	    .sha_256 = (options & SHA_256) != 0,
	    .permissions = permissions,
	    .permission_count = (options & PERMISSIONS) != 0 ? 2 : 0,
	    .footer_space = (options & FOOTER_SPACE) != 0 ? 100 : 0,
	};
}

static void check_placing(const uint8_t *bytes, size_t length)
{
	struct placement placement;

	assert(placement_read(&placement, bytes, length, 0) == NULL);
	uint32_t flash = placement.table.flash - (uint32_t)placement.new_offset + DISTANCE;
	uint32_t ram = placement.table.ram + DISTANCE;
	if (placement_check(&placement, flash, ram) != NULL) {
		return; /* behind the end of all addresses */
	}
	uint8_t *placed = malloc(placement.size);
	struct tbf_header header;
	assert(placed != NULL);
	placement_write(&placement, flash, ram, placed, placement.size);
	assert(tbf_read(&header, placed, placement.size) == NULL);
	assert(header.relocations == NULL && header.fixed_ram == ram);
	free(placed);
}

static void run(void *argument)
{
	struct input *input = argument;
	struct pack_request request = request_for(input->options);
	struct tbf_header header;
	size_t length;

	program_parse(&input->program, (struct file){"fuzz.elf", input->bytes, input->length});
	uint8_t *bytes = pack(&input->program, &request, &length);
	assert(tbf_read(&header, bytes, length) == NULL);
	assert(header.total_size == length && header.has_program);
	if (header.relocations != NULL) {
		check_placing(bytes, length);
	}
	free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {0};

	if (size < 2) {
		return 0;
	}
	input.options = data[0];
	input.bytes = refusal_copy(&data[1], size - 1);
	input.length = size - 1;
	refusal_run(run, &input);
	elf_end(input.program.elf);
	refusal_copy_free(input.bytes);
	return 0;
}
