/* Every policy against every kind of application, and random lists against sets. */

#include "fake_kernel.h"
#include <capsules/storage_permission.h>
#include <stdlib.h>
#include <string.h>

enum {
	LABELS = 12, /* labels 0 to 11 */
	OWN = 5,
	OTHER = 6,
};

static uint8_t *bytes;
static uint64_t source = 5;
static bool may_read[LABELS], may_modify[LABELS];

static uint32_t put(uint32_t at, uint32_t value, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		bytes[at + i] = (uint8_t)(value >> 8 * i);
	}
	return at + length;
}

static uint32_t put_list(uint32_t at, bool *members, uint32_t count)
{
	memset(members, false, LABELS);
	at = put(at, count, 2);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t label = fake_random(&source) % LABELS;

		members[label] = true;
		at = put(at, label, 4);
	}
	return at;
}

/* Slot 0 gets an element of just its length, with lists of random members. */
static struct process_id start(uint32_t short_id, uint32_t write_id, uint32_t reads,
			       uint32_t modifies)
{
	uint32_t length = 8 + 4 * (reads + modifies);
	struct process_id id = fake_process_start(0);

	free(bytes);
	bytes = malloc(length);

	uint32_t at = put(0, write_id, 4);

	at = put_list(at, may_read, reads);
	at = put_list(at, may_modify, modifies);
	assert_int_equal(at, length);
	fake_processes[0].short_id = short_id;
	fake_processes[0].storage_permissions = (struct read_span){bytes, length};
	return id;
}

static void nobody_may_do_anything(void **state)
{
	(void)state;
	fake_kernel_reset();

	struct process_id id = start(OWN, OWN, 8, 8);

	for (uint32_t label = 0; label < LABELS; label++) {
		assert_false(storage_permission_may_read(STORAGE_POLICY_NOBODY, id, label));
		assert_false(storage_permission_may_modify(STORAGE_POLICY_NOBODY, id, label));
	}
	assert_int_equal(storage_permission_label(STORAGE_POLICY_NOBODY, id), 0);
}

static void own_data_is_ones_own(void **state)
{
	(void)state;
	fake_kernel_reset();

	struct process_id id = start(OWN, 0, 8, 8); /* the lists say nothing here */

	for (uint32_t label = 0; label < LABELS; label++) {
		assert_int_equal(storage_permission_may_read(STORAGE_POLICY_OWN, id, label),
				 label == OWN);
		assert_int_equal(storage_permission_may_modify(STORAGE_POLICY_OWN, id, label),
				 label == OWN);
	}
	assert_int_equal(storage_permission_label(STORAGE_POLICY_OWN, id), OWN);
}

static void the_header_lists_what_may_be_done(void **state)
{
	(void)state;
	fake_kernel_reset();
	for (uint32_t round = 0; round < 5000; round++) {
		uint32_t write_id = fake_random(&source) % 3;
		struct process_id id =
		    start(OWN, write_id, fake_random(&source) % 9, fake_random(&source) % 9);

		for (uint32_t label = 0; label < LABELS; label++) {
			assert_int_equal(
			    storage_permission_may_read(STORAGE_POLICY_HEADER, id, label),
			    label != 0 && may_read[label]);
			assert_int_equal(
			    storage_permission_may_modify(STORAGE_POLICY_HEADER, id, label),
			    label != 0 && may_modify[label]);
		}
		assert_int_equal(storage_permission_label(STORAGE_POLICY_HEADER, id),
				 write_id != 0 ? OWN : 0);
	}
}

static void check_has_nothing(struct process_id id)
{
	static const enum storage_policy policies[] = {STORAGE_POLICY_NOBODY, STORAGE_POLICY_OWN,
						       STORAGE_POLICY_HEADER,
						       (enum storage_policy)77};

	for (uint32_t i = 0; i < ARRAY_LENGTH(policies); i++) {
		for (uint32_t label = 0; label < LABELS; label++) {
			assert_false(storage_permission_may_read(policies[i], id, label));
			assert_false(storage_permission_may_modify(policies[i], id, label));
		}
		assert_int_equal(storage_permission_label(policies[i], id), 0);
	}
}

static void without_a_short_id_there_is_nothing(void **state)
{
	(void)state;
	fake_kernel_reset();
	check_has_nothing(start(0, OTHER, 8, 8));
}

static void a_former_life_has_nothing(void **state)
{
	(void)state;
	fake_kernel_reset();

	struct process_id id = start(OWN, OWN, 8, 8);

	start(OWN, OWN, 8, 8);
	check_has_nothing(id);
}

static void without_the_element_the_header_allows_nothing(void **state)
{
	(void)state;
	fake_kernel_reset();

	struct process_id id = start(OWN, OWN, 8, 8);

	fake_processes[0].storage_permissions = (struct read_span){NULL, 0};
	for (uint32_t label = 0; label < LABELS; label++) {
		assert_false(storage_permission_may_read(STORAGE_POLICY_HEADER, id, label));
		assert_false(storage_permission_may_modify(STORAGE_POLICY_HEADER, id, label));
	}
	assert_int_equal(storage_permission_label(STORAGE_POLICY_HEADER, id), 0);
	assert_int_equal(storage_permission_label(STORAGE_POLICY_OWN, id), OWN);
	free(bytes);
	bytes = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_may_do_anything),
	    cmocka_unit_test(own_data_is_ones_own),
	    cmocka_unit_test(the_header_lists_what_may_be_done),
	    cmocka_unit_test(without_a_short_id_there_is_nothing),
	    cmocka_unit_test(a_former_life_has_nothing),
	    cmocka_unit_test(without_the_element_the_header_allows_nothing),
	};

	return cmocka_run_group_tests_name("storage_permission", tests, NULL, NULL);
}
