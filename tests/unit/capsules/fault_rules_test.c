/* The rules for applications that fault. */

#include "fake_kernel.h"
#include <capsules/fault_rules.h>
#include <string.h>

static struct fault_rules rules;

static struct fault_decision decide(const char *name, uint32_t restarts)
{
	const struct faulted_process process = {
	    .name = {(const uint8_t *)name, (uint32_t)strlen(name)},
	    .cause = FAULT_READ,
	    .restarts = restarts,
	};

	return fault_policy_decide(&rules.fault_policy, &process);
}

static void expect(const char *name, uint32_t restarts, enum fault_action action, bool is_silent)
{
	struct fault_decision decision = decide(name, restarts);

	assert_int_equal(decision.action, action);
	assert_int_equal(decision.is_silent, is_silent);
}

/* The table of the header, line by line. */
static void each_policy_is_a_rule(void **state)
{
	static const struct fault_rule panic = {.after = FAULT_ACTION_PANIC};
	static const struct fault_rule silent = {.after = FAULT_ACTION_STOP, .is_silent = true};
	static const struct fault_rule stop = {.after = FAULT_ACTION_STOP};
	static const struct fault_rule restart = {.restarts = FAULT_RULE_FOR_EVER,
						  .after = FAULT_ACTION_STOP};
	static const struct fault_rule limited = {.restarts = 7, .after = FAULT_ACTION_STOP};
	static const struct fault_rule then_panic = {.restarts = 7, .after = FAULT_ACTION_PANIC};

	(void)state;
	fault_rules_init(&rules, &panic);
	expect("a", 0, FAULT_ACTION_PANIC, false);
	fault_rules_init(&rules, &silent);
	expect("a", 0, FAULT_ACTION_STOP, true);
	fault_rules_init(&rules, &stop);
	expect("a", 0, FAULT_ACTION_STOP, false);
	fault_rules_init(&rules, &restart);
	expect("a", 0, FAULT_ACTION_RESTART, false);
	expect("a", 0xfffffffe, FAULT_ACTION_RESTART, false);
	fault_rules_init(&rules, &limited);
	expect("a", 6, FAULT_ACTION_RESTART, false);
	expect("a", 7, FAULT_ACTION_STOP, false);
	expect("a", 8, FAULT_ACTION_STOP, false);
	fault_rules_init(&rules, &then_panic);
	expect("a", 6, FAULT_ACTION_RESTART, false);
	expect("a", 7, FAULT_ACTION_PANIC, false);
}

static void a_name_has_its_own_rule(void **state)
{
	static const struct fault_rule for_all = {.after = FAULT_ACTION_STOP};
	static const struct fault_rule sensor = {.name = SPAN_OF_TEXT("sensor"),
						 .after = FAULT_ACTION_PANIC};
	static const struct fault_rule toy = {.name = SPAN_OF_TEXT("toy"),
					      .restarts = 1,
					      .after = FAULT_ACTION_STOP,
					      .is_silent = true};

	(void)state;
	fault_rules_init(&rules, &for_all);
	fault_rules_add(&rules, &sensor);
	fault_rules_add(&rules, &toy);
	expect("sensor", 0, FAULT_ACTION_PANIC, false);
	expect("toy", 0, FAULT_ACTION_RESTART, true);
	expect("toy", 1, FAULT_ACTION_STOP, true);
	for (const char *const *other = (const char *const[]){"", "t", "to", "toys", "Toy",
							      "sensors", "ensor", "toz", NULL};
	     *other != NULL; other++) {
		expect(*other, 0, FAULT_ACTION_STOP, false);
	}
}

static void names_are_compared_to_their_last_byte(void **state)
{
	static const char longest[] =
	    "0123456789012345678901234567890123456789012345678901234567890123";
	static const char longer[] =
	    "01234567890123456789012345678901234567890123456789012345678901234";
	static const struct fault_rule for_all = {.after = FAULT_ACTION_STOP};
	static const struct fault_rule fits = {.name = {(const uint8_t *)longest, 64},
					       .after = FAULT_ACTION_PANIC};
	static const struct fault_rule too_long = {.name = {(const uint8_t *)longer, 65},
						   .after = FAULT_ACTION_PANIC};
	char other[sizeof(longest)];

	(void)state;
	fault_rules_init(&rules, &for_all);
	fault_rules_add(&rules, &fits);
	fault_rules_add(&rules, &too_long);
	expect(longest, 0, FAULT_ACTION_PANIC, false);
	expect(longer, 0, FAULT_ACTION_STOP, false);
	for (uint32_t i = 0; i < 64; i++) {
		strcpy(other, longest);
		other[i]++;
		expect(other, 0, FAULT_ACTION_STOP, false);
	}
}

static void all_places_are_used(void **state)
{
	static const struct fault_rule for_all = {.after = FAULT_ACTION_STOP};
	static struct fault_rule many[FAULT_RULES_MAX];
	static const char names[] = "abcdefgh";

	(void)state;
	fault_rules_init(&rules, &for_all);
	for (uint32_t i = 0; i < FAULT_RULES_MAX; i++) {
		many[i] = (struct fault_rule){.name = {(const uint8_t *)names + i, 1},
					      .restarts = i + 1,
					      .after = FAULT_ACTION_PANIC};
		fault_rules_add(&rules, &many[i]);
	}
	for (uint32_t i = 0; i < FAULT_RULES_MAX; i++) {
		const char name[] = {names[i], 0};

		expect(name, i, FAULT_ACTION_RESTART, false);
		expect(name, i + 1, FAULT_ACTION_PANIC, false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_policy_is_a_rule),
	    cmocka_unit_test(a_name_has_its_own_rule),
	    cmocka_unit_test(names_are_compared_to_their_last_byte),
	    cmocka_unit_test(all_places_are_used),
	};

	return cmocka_run_group_tests_name("fault_rules", tests, NULL, NULL);
}
