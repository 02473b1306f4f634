#include "flash.h"
#include <kernel/tbf.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct process_inspect_capability inspect;

/* A name lies behind the first byte of its entry and inside the flash, and can be read. */
static void check_name(struct read_span name, uint32_t entry, uint32_t end)
{
	uint32_t length = read_span_length(name);
	uint32_t start = (uint32_t)(uintptr_t)name.private_bytes;
	volatile uint8_t seen;

	if (length != 0) {
		assert_true(start >= entry && start < end && length <= end - start);
	}
	for (uint32_t i = 0; i < length; i++) {
		seen = read_span_get(name, i);
		(void)seen;
	}
}

static void check_told(uint32_t first, uint32_t end)
{
	uint32_t last = first;

	for (uint32_t i = 0; i < fixture.load_count && i < FIXTURE_LOADS; i++) {
		const struct load_result *result = &fixture.loads[i];

		assert_true(i == 0 ? result->flash_start == first : result->flash_start > last);
		assert_true(result->flash_start < end);
		last = result->flash_start;
		check_name(result->name, result->flash_start, end);
	}
}

/* A list of `count` items of `size` bytes ends inside the value. */
static void check_list(struct read_span value, uint32_t at, uint32_t size, uint32_t most)
{
	uint32_t length = read_span_length(value);

	assert_true(at + 2 <= length);

	uint32_t count = image_u16(value.private_bytes + at);

	assert_true(count <= most && at + 2 + count * size <= length);
}

/* It lies in the header of the process. */
static void check_value(struct read_span value, const struct process *process)
{
	uint32_t start = (uint32_t)(uintptr_t)value.private_bytes - process->flash_start;

	assert_true(start >= 20 && start + read_span_length(value) <=
				       image_u16(fixture_bytes(process->flash_start) + 2));
}

static void check_rights(const struct process *process)
{
	struct read_span storage = process_storage_permissions(process->id);
	uint32_t short_id = process_short_id(process->id);

	for (uint32_t i = 0; i < process_slot(process); i++) {
		assert_true(short_id == 0 ||
			    short_id != process_short_id(fixture.processes[i]->id));
	}
	if (read_span_length(storage) != 0) {
		check_value(storage, process);
		check_list(storage, 4, 4, 8);
		check_list(storage, 6 + 4 * image_u16(storage.private_bytes + 4), 4, 8);
	}
	if (process->permissions != 0) {
		const uint8_t *flash = fixture_bytes(process->flash_start);
		struct read_span value = tbf_value(flash, process->permissions);

		check_value(value, process);
		check_list(value, 0, 16, 128);
	}
}

static void check_process(const struct process *process, uint32_t first, uint32_t end)
{
	struct process_description description;
	struct flash_region region;

	assert_true(process_describe(process_slot(process), &inspect, &description));
	check_name(description.name, description.flash_start, description.flash_end);
	assert_true(first <= description.flash_start);
	assert_true(description.flash_start + 16 <= description.flash_app);
	assert_true(description.flash_app <= process_entry(process));
	assert_true(process_entry(process) < description.flash_end);
	assert_true(description.flash_end <= end);
	for (uint32_t i = 0; i < process_flash_regions(process); i++) {
		if (process_flash_region(process, i, &region)) {
			assert_true(process->flash_app <= region.start);
			assert_true(region.start < region.end && region.end <= process->flash_end);
		}
	}
	check_rights(process);
	assert_false(process_flash_region(process, process_flash_regions(process), &region));
}

uint32_t flash_load(const uint8_t *bytes, uint32_t length, uint32_t granule)
{
	uint32_t end = FIXTURE_FLASH + FIXTURE_FLASH_BYTES;
	uint32_t first = end - length;

	assert_true(length <= FLASH_BYTES_MAX);
	memcpy(fixture_bytes(first), bytes, length);
	fixture.board.flash_start = first;
	host_set_granules(1, granule);
	fixture.checker.begin[3] = CREDENTIAL_READ;
	fixture.checker.finish = CREDENTIAL_REJECT;
	fixture.checker.good_first = 'g';
	fixture_start();
	check_told(first, end);
	for (uint32_t i = 0; i < FIXTURE_SLOTS && fixture.processes[i] != NULL; i++) {
		check_process(fixture.processes[i], first, end);
	}
	return first;
}

const struct load_result *flash_told(uint32_t first, uint32_t offset)
{
	for (uint32_t i = 0; i < fixture.load_count && i < FIXTURE_LOADS; i++) {
		if (fixture.loads[i].flash_start == first + offset) {
			return &fixture.loads[i];
		}
	}
	return NULL;
}
