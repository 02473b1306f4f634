/* The filter of system calls: whom it is asked about, and what its answer does. The list itself is
 * the capsule's to read (capsules/permission_filter.c). */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	KEPT = 0xdead,
	ABSENT = 0x77,
};

static const struct image_permission permissions[] = {{TALKER, 0, 1}};

static const struct image limited = {
    .name = "limited", .minimum_ram = 0x1000, .permissions = permissions, .permission_count = 1};

static const uint32_t asked_classes[] = {SUBSCRIBE, COMMAND, ALLOW_READ_WRITE, ALLOW_READ_ONLY,
					 ALLOW_USER_READABLE};

static void who_has_no_permissions_is_not_asked_about(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture.filter.answer = ERROR_NODEVICE;
	for (uint32_t i = 0; i < ARRAY_LENGTH(asked_classes); i++) {
		fixture_call(asked_classes[i], TALKER, 0, 0, 0);
	}
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_EXISTS, KEPT, KEPT), 128,
			 TALKER_EXISTS, KEPT, KEPT);
	assert_int_equal(fixture.filter.asked, 0);
}

static void what_is_allowed_goes_on_as_ever(void **state)
{
	(void)state;
	fixture_image(&limited);
	fixture_start();
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT), 129, 1, KEPT,
			 KEPT);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, RUNNING->flash_app, 7), 130, 0, 0, 7);
	assert_registers(fixture_call(SUBSCRIBE, ABSENT, 1, RUNNING->flash_app, 7), 2,
			 ERROR_NODEVICE, RUNNING->flash_app, 7);
	assert_int_equal(fixture.filter.asked, 3);
}

static void what_is_refused_is_a_plain_failure(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(asked_classes); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&limited);
		fixture_start();
		fixture.filter.answer = ERROR_NODEVICE;
		assert_registers(fixture_call(asked_classes[i], TALKER, 1, KEPT, KEPT), 0,
				 ERROR_NODEVICE, KEPT, KEPT);
		assert_int_equal(fixture.filter.asked, 1);
		assert_int_equal(fixture.filter.call.driver, TALKER);
		assert_int_equal(fixture.filter.call.number, 1);
		assert_int_equal(fixture.filter.call.is_command, asked_classes[i] == COMMAND);
		assert_true(process_id_equal(fixture.filter.call.caller, RUNNING->id));
		fixture.filter.answer = ERROR_NOSUPPORT;
		assert_registers(fixture_call(asked_classes[i], ABSENT, 1, KEPT, KEPT), 0,
				 ERROR_NOSUPPORT, KEPT, KEPT);
		/* Nothing was made of it. */
		assert_int_equal(RUNNING->kernel_break, (uint32_t)(uintptr_t)RUNNING);
		assert_int_equal(RUNNING->shared_end, RUNNING->ram_start);
	}
}

static void the_filter_gets_the_list(void **state)
{
	(void)state;
	fixture_image(&limited);
	fixture_start();
	fixture_call(COMMAND, TALKER, 0, 0, 0);
	assert_int_equal(fixture.filter.permissions_length, 18);
	assert_int_equal(image_u16(fixture_bytes(fixture.filter.permissions)), 1);
	assert_int_equal(image_u32(fixture_bytes(fixture.filter.permissions) + 2), TALKER);
}

static void yield_memop_and_exit_are_never_asked_about(void **state)
{
	(void)state;
	fixture_image(&limited);
	fixture_start();
	fixture.filter.answer = ERROR_NODEVICE;
	assert_registers(fixture_call(MEMOP, 2, 0, 0, 0), 129, RUNNING->ram_start, 0, 0);
	fixture_call(YIELD, 0, 0, 0, 0);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_int_equal(RUNNING->restarts, 1);
	fixture_call(EXIT, 0, 0, 0, 0);
	assert_int_equal(fixture_process(0)->state, PROCESS_TERMINATED);
	assert_int_equal(fixture.filter.asked, 0);
}

static void a_class_that_does_not_exist_is_a_fault(void **state)
{
	(void)state;
	for (uint32_t class = 8; class < 300; class += 41) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&limited);
		fixture_start();
		fixture_call(class, TALKER, 0, 0, 0);
		assert_int_equal(fixture.filter.asked, 0);
		assert_int_equal(fixture_process(0)->fault_cause, FAULT_UNKNOWN_SYSTEM_CALL);
	}
}

static void a_new_life_is_filtered_too(void **state)
{
	(void)state;
	fixture_image(&limited);
	fixture_start();
	fixture_call(EXIT, 1, 0, 0, 0);
	fixture.filter.answer = ERROR_NODEVICE;
	assert_registers(fixture_call(COMMAND, TALKER, 0, KEPT, KEPT), 0, ERROR_NODEVICE, KEPT,
			 KEPT);
}

/* An empty list is a list: nothing is allowed. */
static void an_empty_list_is_asked_about(void **state)
{
	struct image image = limited;

	(void)state;
	image.permission_count = 0;
	fixture_image(&image);
	fixture_start();
	fixture_call(COMMAND, TALKER, 0, 0, 0);
	assert_int_equal(fixture.filter.asked, 1);
	assert_int_equal(fixture.filter.permissions_length, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(who_has_no_permissions_is_not_asked_about),
	    FIXTURE_TEST(what_is_allowed_goes_on_as_ever),
	    FIXTURE_TEST(what_is_refused_is_a_plain_failure),
	    FIXTURE_TEST(the_filter_gets_the_list),
	    FIXTURE_TEST(yield_memop_and_exit_are_never_asked_about),
	    FIXTURE_TEST(a_class_that_does_not_exist_is_a_fault),
	    FIXTURE_TEST(a_new_life_is_filtered_too),
	    FIXTURE_TEST(an_empty_list_is_asked_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
