/* Short ids and what storage may ask about a process; of several applications with one short id, the
 * right one is loaded. */

#include "fixture.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	SIZE = 0x400,
	APPS_MAX = 7,
	FORMAT = 3
};

static void a_short_id_lasts_longer_than_a_life(void **state)
{
	(void)state;
	fixture_image(&(struct image){.minimum_ram = 0x100, .short_id = 0x12345678});
	fixture_image(&(struct image){.minimum_ram = 0x100});
	fixture_start();

	struct process_id first = RUNNING->id;

	assert_int_equal(process_short_id(first), 0x12345678);
	assert_int_equal(fixture_describe(0).short_id, 0x12345678);
	assert_int_equal(process_short_id(fixture_process(1)->id), 0);
	assert_int_equal(fixture_describe(1).short_id, 0);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_int_equal(process_short_id(first), 0);
	assert_int_equal(process_short_id(fixture_process(0)->id), 0x12345678);
	assert_int_equal(process_short_id(PROCESS_ID_NONE), 0);
}

static void storage_permissions_are_the_elements_value(void **state)
{
	static const uint32_t ids[] = {0x11, 0x22, 0x33};
	const struct image image = {.minimum_ram = 0x100,
				    .has_storage = true,
				    .storage_write = 0x44,
				    .storage_read_count = 2,
				    .storage_modify_count = 1,
				    .storage_ids = ids};

	(void)state;
	fixture_image(&image);
	fixture_image(&(struct image){.minimum_ram = 0x100});
	fixture_start();

	struct process_id id = RUNNING->id;
	struct read_span span = process_storage_permissions(id);
	static const uint8_t expected[] = {0x44, 0, 0, 0, 2, 0, 0x11, 0, 0, 0,
					   0x22, 0, 0, 0, 1, 0, 0x33, 0, 0, 0};

	assert_int_equal(read_span_length(span), sizeof(expected));
	assert_memory_equal(span.private_bytes, expected, sizeof(expected));
	assert_int_equal(read_span_length(process_storage_permissions(fixture_process(1)->id)), 0);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_int_equal(read_span_length(process_storage_permissions(id)), 0);
}

/* --- Equal short ids --- */

/* An application, and whether it could be loaded if it were alone. */
struct app {
	uint32_t short_id, version;
	bool is_good;
	uint32_t address;
};

static struct app apps[APPS_MAX];
static uint32_t app_count;

static void app_write(struct app *app, uint32_t defect)
{
	struct image image = {.total_size = SIZE,
			      .minimum_ram = 0x100,
			      .short_id = app->short_id,
			      .version = app->version,
			      .binary_end = SIZE - 0x80};

	app->is_good = defect > 4;
	image.disabled = defect == 0;
	image.kernel_version = defect == 1 ? 0x30000 : 0;
	image.wrong_checksum = defect == 2 ? 5 : 0;
	image.fixed_flash = defect == 3 ? 0x4444 : 0;
	app->address = fixture_image(&image);
	image_write_credential(fixture_bytes(app->address), image.binary_end, FORMAT, 32,
			       defect == 4 ? 'b' : 'g');
}

/* The application that keeps this one from being loaded; NULL: none. */
static const struct app *winner_over(const struct app *app)
{
	for (uint32_t i = 0; i < app_count; i++) {
		const struct app *each = &apps[i];
		bool goes_before =
		    each->version > app->version || (each->version == app->version && each < app);

		if (each != app && each->is_good && each->short_id == app->short_id &&
		    app->short_id != 0 && goes_before) {
			return each;
		}
	}
	return NULL;
}

/* Writes random applications; returns how many should be loaded. */
static uint32_t compose(struct random *source)
{
	uint32_t loaded = 0;

	app_count = 1 + random_below(source, APPS_MAX);
	for (uint32_t i = 0; i < app_count; i++) {
		apps[i].short_id = random_below(source, 4) * 0x01010101;
		apps[i].version = random_below(source, 3) * 0x60000000;
		app_write(&apps[i], random_below(source, 15));
		if (random_below(source, 3) == 0) {
			fixture.image_end +=
			    image_write_padding(fixture_bytes(fixture.image_end), 0x80);
		}
	}
	for (uint32_t i = 0; i < app_count; i++) {
		loaded += apps[i].is_good && winner_over(&apps[i]) == NULL;
	}
	return loaded;
}

static const struct load_result *told(uint32_t address)
{
	for (uint32_t i = 0; i < fixture.load_count; i++) {
		if (fixture.loads[i].flash_start == address) {
			return &fixture.loads[i];
		}
	}
	return NULL;
}

static void check(const struct app *app)
{
	const struct load_result *result = told(app->address);
	const struct app *winner = winner_over(app);

	assert_non_null(result);
	if (!app->is_good) {
		assert_int_not_equal(result->outcome, LOAD_STARTED);
		assert_int_not_equal(result->outcome, LOAD_SHORT_ID_TAKEN);
	} else if (winner == NULL) {
		assert_int_equal(result->outcome, LOAD_STARTED);
	} else {
		const struct load_result *taken_by = told(result->detail_found);

		assert_int_equal(result->outcome, LOAD_SHORT_ID_TAKEN);
		assert_int_equal(result->detail, app->short_id);
		assert_non_null(taken_by);
		assert_int_equal(result->detail_found, winner->address);
	}
}

static void of_equal_short_ids_the_highest_version_is_loaded(void **state)
{
	struct random source = {11};
	uint32_t rounds = 0, taken = 0;

	(void)state;
	while (rounds < 4000) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture.checker.begin[FORMAT] = CREDENTIAL_READ;
		fixture.checker.finish = CREDENTIAL_REJECT;
		fixture.checker.good_first = 'g';
		if (compose(&source) > FIXTURE_SLOTS) {
			continue;
		}
		fixture_start();
		for (uint32_t i = 0; i < app_count; i++) {
			check(&apps[i]);
			taken += winner_over(&apps[i]) != NULL;
		}
		rounds++;
	}
	assert_true(taken > 1000);
}

/* Where the list ends for one, it ends for all: what lies behind takes nobody's short id. */
static void behind_the_end_nobody_counts(void **state)
{
	(void)state;
	for (uint32_t how = 0; how < 3; how++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&(struct image){.minimum_ram = 0x100, .short_id = 5});

		uint8_t *middle = fixture_bytes(fixture_image(&(struct image){.disabled = true}));

		fixture_image(&(struct image){.minimum_ram = 0x100, .short_id = 5, .version = 2});
		if (how == 0) {
			image_put_u16(middle, 0xffff);
		} else {
			image_put_u32(middle + 4, how == 1 ? 0 : 0x7fffffff);
		}
		fixture_start();
		assert_int_equal(fixture.loads[0].outcome, LOAD_STARTED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(a_short_id_lasts_longer_than_a_life),
	    FIXTURE_TEST(storage_permissions_are_the_elements_value),
	    FIXTURE_TEST(of_equal_short_ids_the_highest_version_is_loaded),
	    FIXTURE_TEST(behind_the_end_nobody_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
