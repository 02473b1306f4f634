/* Images damaged in many ways, the same ones in every run, between two good ones: the good one before
 * always starts, the one behind whenever the damage left the lengths alone, and nothing else happens. */

#include "../unit/kernel/random.h"
#include "flash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum {
	IMAGES = 24000,
	SIZE = 0x400, /* of each image */
	HEADER = 16,
	KINDS = 7,
	PROGRAM_END = 0x300,
	SHORT_ID = 5,
	OUTCOMES = LOAD_ENDLESS + 1,
};

static struct random source;
static uint8_t bytes[4 * SIZE];
static uint32_t outcomes[OUTCOMES];

static uint32_t below(uint32_t limit)
{
	return random_below(&source, limit);
}

static const struct image_permission permissions[] = {{1, 0, 3}, {0x30004, 2, UINT64_MAX}};
static const uint32_t ids[] = {1, 2, 3};

/* Two credentials that say nothing, and a good one between them. */
static void put_credentials(uint8_t *at)
{
	uint32_t end = image_write_credential(at, PROGRAM_END, 0, 40, 0);

	end = image_write_credential(at, end, 3, 32, 'g');
	image_write_credential(at, end, 5, 64, 0);
}

static const struct image victims[] = {
    {.name = "program", .minimum_ram = 0x300},
    {.name = "main", .minimum_ram = 0x300, .main_only = true, .protected_size = 32},
    {.name = "both and regions", .main_too = true, .region_count = 3, .regions = {{0x100, 0x80}}},
    {.name = "fixed", .minimum_ram = 0x100, .fixed_ram = FIXTURE_RAM + 0x2000},
    {.minimum_ram = 0x2000, .kernel_version = 0x20001, .disabled = true},
    {.name = "rights",
     .minimum_ram = 0x100,
     .permissions = permissions,
     .permission_count = 2,
     .has_storage = true,
     .storage_read_count = 2,
     .storage_modify_count = 1,
     .storage_ids = ids,
     .binary_end = PROGRAM_END},
    {.name = "same", .minimum_ram = 0x100, .short_id = SHORT_ID, .binary_end = PROGRAM_END},
    {.name = "id", .short_id = 2, .version = 7, .binary_end = PROGRAM_END},
};

/* Good, victim, good. */
static void compose(void)
{
	static const struct image before = {.name = "before",
					    .total_size = SIZE,
					    .binary_end = PROGRAM_END,
					    .minimum_ram = 0x200,
					    .short_id = SHORT_ID};
	static const struct image behind = {
	    .name = "behind", .total_size = SIZE, .binary_end = PROGRAM_END, .minimum_ram = 0x200};
	struct image victim = victims[below(ARRAY_LENGTH(victims))];

	victim.total_size = SIZE;
	memset(bytes, 0xff, sizeof(bytes));
	image_write(bytes, &before);
	image_write(bytes + SIZE, &victim);
	if (victim.binary_end != 0) {
		put_credentials(bytes + SIZE);
	}
	image_write(bytes + 2 * SIZE, &behind);
	put_credentials(bytes);
	put_credentials(bytes + 2 * SIZE);
}

static uint8_t *victim(void)
{
	return bytes + SIZE;
}

static uint32_t interesting(void)
{
	static const uint32_t numbers[] = {0,
					   1,
					   2,
					   3,
					   4,
					   7,
					   8,
					   12,
					   15,
					   16,
					   17,
					   20,
					   31,
					   32,
					   0x7f,
					   0xff,
					   0x100,
					   0x3ff,
					   SIZE,
					   SIZE - 1,
					   SIZE + 1,
					   0x7fff,
					   0x8000,
					   0xfffc,
					   0xfffe,
					   0xffff,
					   0x10000,
					   0x7fffffff,
					   0x80000000,
					   0xfffffff0,
					   0xfffffffc,
					   0xffffffff,
					   FIXTURE_RAM,
					   FIXTURE_RAM + 0x4000,
					   FIXTURE_RAM + FIXTURE_RAM_BYTES};

	return below(3) == 0 ? random_next(&source) : numbers[below(ARRAY_LENGTH(numbers))];
}

/* Makes the checksum right again if the header is inside the image, so that what is behind the
 * checksum's check is reached. */
static void seal(void)
{
	uint32_t size = image_u16(victim() + 2);

	if (size >= HEADER && size <= SIZE) {
		image_seal(victim(), size);
	}
}

static uint32_t header_size(void)
{
	return image_u16(victim() + 2);
}

static void damage_bytes(void)
{
	uint32_t size = header_size();

	for (uint32_t i = below(8); i < 8; i++) {
		victim()[below(below(4) == 0 ? SIZE : size)] ^= (uint8_t)(1u << below(8));
	}
	if (below(2) == 0) {
		seal();
	}
}

/* A field of 2 or 4 bytes of the header gets another value. */
static void damage_field(void)
{
	uint32_t at = below(header_size() / 2) * 2;

	if (below(2) == 0) {
		image_put_u16(victim() + at, interesting() & 0xffff);
	} else {
		image_put_u32(victim() + at, interesting());
	}
	seal();
}

/* The offset of one of the victim's elements. */
static uint32_t any_element(void)
{
	uint32_t at = HEADER;

	for (uint32_t i = below(6); i > 0; i--) {
		uint32_t next = at + 4 + (image_u16(victim() + at + 2) + 3) / 4 * 4;

		if (next + 4 > header_size()) {
			break;
		}
		at = next;
	}
	return at;
}

/* One more element in front of another, one less, or one that says something else of itself. */
static void damage_element(void)
{
	uint32_t at = any_element();
	uint32_t size = header_size();
	uint32_t length = below(30);
	uint32_t step = 4 + (length + 3) / 4 * 4;

	switch (below(3)) {
	case 0:
		memmove(victim() + at + step, victim() + at, size - at);
		image_put_u16(victim() + at, below(12));
		image_put_u16(victim() + at + 2, length);
		image_put_u16(victim() + 2, size + step);
		break;
	case 1:
		step = 4 + (image_u16(victim() + at + 2) + 3) / 4 * 4;
		memmove(victim() + at, victim() + at + step, SIZE - at - step);
		image_put_u16(victim() + 2, size - step);
		break;
	default:
		image_put_u16(victim() + at + 2 * below(2), interesting() & 0xffff);
		break;
	}
	seal();
}

/* A piece of one place goes to another. */
static void damage_by_splice(void)
{
	uint32_t length = below(200) + 1;
	uint32_t from = below(3 * SIZE - length);
	uint32_t to = below(2) == 0 ? below(SIZE - length) : below(80);

	memmove(victim() + to, bytes + from, length);
	if (below(2) == 0) {
		seal();
	}
}

static void damage_with_noise(void)
{
	uint32_t from = below(3) == 0 ? 0 : 8;

	for (uint32_t i = from; i < SIZE; i++) {
		victim()[i] = (uint8_t)random_next(&source);
	}
	if (below(2) == 0) {
		image_put_u16(victim(), 2);
		image_put_u16(victim() + 2, HEADER + below(100));
		image_put_u32(victim() + 4, below(2) == 0 ? SIZE : interesting());
		seal();
	}
}

static void damage_footers(void)
{
	for (uint32_t i = 1 + below(3); i > 0; i--) {
		uint32_t at = PROGRAM_END + below(140) / 2 * 2;

		image_put_u16(victim() + at, below(2) == 0 ? interesting() & 0xffff : below(140));
	}
}

/* Damages the victim; returns the bytes of flash that there are. */
static uint32_t damage(uint32_t kind)
{
	switch (kind) {
	case 0:
		damage_bytes();
		return sizeof(bytes);
	case 1:
		damage_field();
		return sizeof(bytes);
	case 2:
		damage_element();
		return sizeof(bytes);
	case 3:
		damage_by_splice();
		return sizeof(bytes);
	case 4:
		damage_with_noise();
		return sizeof(bytes);
	case 5:
		damage_footers();
		return sizeof(bytes);
	default: /* the flash ends in the victim's header, or just behind */
		return SIZE + below(120);
	}
}

static bool is_started(const struct load_result *result)
{
	return result != NULL && result->outcome == LOAD_STARTED;
}

static void check_one(uint32_t kind)
{
	static uint8_t lengths[8];

	compose();
	memcpy(lengths, victim(), sizeof(lengths));

	uint32_t length = damage(kind);

	fixture.checker.is_required = below(4) == 0;
	/* How long the header is does not matter to the walk, as long as the version is right. */
	bool lengths_hold = memcmp(lengths, victim(), 2) == 0 &&
			    memcmp(lengths + 4, victim() + 4, 4) == 0 && length == sizeof(bytes);
	uint32_t first = flash_load(bytes, length, 4u << below(7));
	const struct load_result *behind = flash_told(first, 2 * SIZE);
	const struct load_result *told = flash_told(first, SIZE);

	/* Only a victim with its short id and a higher version goes before the first. */
	assert_true(is_started(flash_told(first, 0)) ||
		    flash_told(first, 0)->outcome == LOAD_SHORT_ID_TAKEN);
	if (lengths_hold) {
		assert_non_null(told);
		assert_non_null(behind);
		assert_true(is_started(behind) || behind->outcome == LOAD_NO_RAM);
	}
	if (told != NULL) {
		outcomes[told->outcome]++;
	}
}

static void damaged_images_harm_nobody(void **state)
{
	char text[16 * OUTCOMES] = "";

	(void)state;
	for (uint32_t i = 0; i < IMAGES; i++) {
		source.state = i + 1;
		fixture_setup(NULL);
		check_one(i % KINDS);
		fixture_teardown(NULL);
	}
	for (uint32_t i = 0; i < OUTCOMES; i++) {
		sprintf(text + strlen(text), " %u", outcomes[i]);
		/* All were reached but a full table. */
		assert_true(outcomes[i] > 0 || i == LOAD_NO_SLOT || i == LOAD_FLASH_UNPROTECTABLE);
	}
	print_message("outcomes:%s\n", text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(damaged_images_harm_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
