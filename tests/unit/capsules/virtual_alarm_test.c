/* Virtual alarms: clauses A1 to A4 and M1 to M3, by example and against a model that counts in 64
 * bits. */

#include "fake_kernel.h"
#include <capsules/virtual_alarm.h>

enum {
	ALARMS = 4,
	STEPS = 300000,
};

struct client {
	struct alarm_client client;
	struct virtual_alarm virtual;
	uint32_t number;
	uint32_t fired;
	bool sets_others; /* from inside fired() */

	/* The model. */
	bool is_armed;
	uint64_t moment;
	uint64_t due; /* the same, but not before it was set */
};

static struct fake_alarm hardware;
static struct virtual_alarm_mux mux;
static struct client clients[ALARMS];
static uint32_t order[64];
static uint32_t order_length;
static uint64_t random_state;
static uint64_t latest_lateness; /* ticks */

static void client_set(struct client *self, uint32_t reference, uint32_t dt)
{
	self->is_armed = true;
	self->moment = fake_alarm_moment(&hardware, reference, dt);
	self->due = self->moment > hardware.now ? self->moment : hardware.now;
	fake_is_inside_call = true;
	alarm_set(&self->virtual.alarm, reference, dt);
	fake_is_inside_call = false;
}

static void client_disarm(struct client *self)
{
	self->is_armed = false;
	fake_is_inside_call = true;
	alarm_disarm(&self->virtual.alarm);
	fake_is_inside_call = false;
}

static uint32_t random_dt(void)
{
	switch (fake_random(&random_state) % 8) {
	case 0:
		return fake_random(&random_state) % 3;
	case 1:
		return UINT32_MAX - fake_random(&random_state) % 3;
	case 2:
		return fake_random(&random_state);
	case 3:
		return (UINT32_MAX / 2) + 2 - fake_random(&random_state) % 4;
	default:
		return fake_random(&random_state) % 1000000;
	}
}

static uint32_t random_reference(void)
{
	uint32_t now = alarm_now(&clients[0].virtual.alarm);

	return fake_random(&random_state) % 3 == 0 ? now - random_dt() : now;
}

static void random_action(void)
{
	struct client *client = &clients[fake_random(&random_state) % ALARMS];

	if (fake_random(&random_state) % 4 == 0) {
		client_disarm(client);
	} else {
		client_set(client, random_reference(), random_dt());
	}
}

static void client_fired(struct client *self)
{
	assert_false(fake_is_inside_call);                  /* A2 */
	assert_true(self->is_armed);                        /* A3, and A1: once */
	assert_true(self->moment <= hardware.now);          /* A1: not early */
	assert_false(alarm_is_armed(&self->virtual.alarm)); /* A4 */

	uint32_t since = (uint32_t)hardware.now - alarm_fired_at(&self->virtual.alarm);

	assert_true(since < 1000 && self->moment <= hardware.now - since); /* A5 */
	self->is_armed = false;
	self->fired++;
	order[order_length % ARRAY_LENGTH(order)] = self->number;
	order_length++;
	if (self->sets_others && fake_random(&random_state) % 2 == 0) {
		hardware.now += fake_random(&random_state) % 4; /* it takes its time */
		random_action();
	}
}

ALARM_CLIENT_IMPLEMENT(client, struct client, client, .fired = client_fired);

static void start(uint64_t now)
{
	fake_kernel_reset();
	fake_alarm_init(&hardware, now);
	virtual_alarm_mux_init(&mux, &hardware.alarm);
	order_length = 0;
	for (uint32_t i = 0; i < ALARMS; i++) {
		clients[i] = (struct client){.number = i};
		virtual_alarm_init(&clients[i].virtual, &mux);
		alarm_client_bind(&clients[i].client, &client_alarm_client_operations);
		alarm_set_client(&clients[i].virtual.alarm, &clients[i].client);
	}
}

static void expect_consistent(void)
{
	bool any = false;

	for (uint32_t i = 0; i < ALARMS; i++) {
		assert_int_equal(alarm_is_armed(&clients[i].virtual.alarm), clients[i].is_armed);
		any = any || clients[i].is_armed;
	}
	assert_int_equal(hardware.is_armed, any); /* M2 */
}

/* After time has passed nothing may be left over that was due longer than `latest_lateness` ago. */
static void expect_nothing_due(void)
{
	for (uint32_t i = 0; i < ALARMS; i++) {
		assert_false(clients[i].is_armed &&
			     hardware.now > clients[i].due + latest_lateness);
	}
}

static void fires_once_at_its_moment(void **state)
{
	(void)state;
	start(1000);
	client_set(&clients[1], 1000, 50);
	fake_alarm_advance(&hardware, 49, 0);
	assert_int_equal(clients[1].fired, 0);
	fake_alarm_advance(&hardware, 1, 0);
	assert_int_equal(clients[1].fired, 1);
	assert_false(hardware.is_armed);
	fake_alarm_advance(&hardware, 1ull << 33, 0);
	assert_int_equal(clients[1].fired, 1);
}

static void past_moment_fires_soon_but_not_inside_set(void **state)
{
	(void)state;
	start(1000);
	client_set(&clients[0], 900, 100);
	client_set(&clients[1], 900, 3);
	client_set(&clients[2], 1000, 0);
	assert_int_equal(order_length, 0);
	fake_alarm_advance(&hardware, 0, 0);
	assert_int_equal(order_length, 3);
}

static void equal_moments_all_fire_in_order(void **state)
{
	(void)state;
	start(UINT32_MAX - 10);
	client_set(&clients[3], UINT32_MAX - 20, 110);
	client_set(&clients[0], UINT32_MAX - 10, 100);
	client_set(&clients[2], UINT32_MAX - 15, 105);
	fake_alarm_advance(&hardware, 100, 0);
	assert_int_equal(order_length, 3);
	assert_int_equal(order[0], 0);
	assert_int_equal(order[1], 2);
	assert_int_equal(order[2], 3);
}

static void longest_time_fires_on_the_tick(void **state)
{
	(void)state;
	start(12345);
	client_set(&clients[0], 12345, UINT32_MAX);
	fake_alarm_advance(&hardware, UINT32_MAX - 1ull, 0);
	assert_int_equal(clients[0].fired, 0);
	fake_alarm_advance(&hardware, 1, 0);
	assert_int_equal(clients[0].fired, 1);
}

static void late_hardware_loses_nothing(void **state)
{
	(void)state;
	start(12345);
	client_set(&clients[0], 12345, UINT32_MAX);
	client_set(&clients[1], 12345, UINT32_MAX / 2);
	fake_alarm_advance(&hardware, UINT32_MAX / 2, UINT32_MAX / 2);
	assert_int_equal(clients[1].fired, 1);
	assert_int_equal(clients[0].fired, 0);
	fake_alarm_advance(&hardware, 1, 0);
	assert_int_equal(clients[0].fired, 1);
}

static void later_set_replaces_earlier(void **state)
{
	(void)state;
	start(0);
	client_set(&clients[0], 0, 10);
	client_set(&clients[0], 0, 100);
	fake_alarm_advance(&hardware, 99, 0);
	assert_int_equal(clients[0].fired, 0);
	fake_alarm_advance(&hardware, 1, 0);
	assert_int_equal(clients[0].fired, 1);
}

static void passes_on_clock_and_frequency(void **state)
{
	(void)state;
	start(0x100000007ull);
	assert_int_equal(alarm_now(&clients[2].virtual.alarm), 7);
	assert_int_equal(alarm_frequency(&clients[2].virtual.alarm), 1000000);
}

static void disarming_all_stops_the_hardware(void **state)
{
	(void)state;
	start(0);
	client_set(&clients[0], 0, 10);
	client_set(&clients[1], 0, 20);
	client_disarm(&clients[0]);
	assert_true(hardware.is_armed);
	client_disarm(&clients[1]);
	assert_false(hardware.is_armed);
}

/* Steps of setting, disarming and passing time; the clock wraps a few thousand times. */
static void random_steps(uint64_t seed, uint32_t late_mask)
{
	random_state = seed;
	latest_lateness = late_mask + 4 * ALARMS; /* what clients take */
	start((1ull << 40) + fake_random(&random_state));
	for (uint32_t i = 0; i < ALARMS; i++) {
		clients[i].sets_others = true;
	}
	for (uint32_t step = 0; step < STEPS; step++) {
		if (fake_random(&random_state) % 2 == 0) {
			random_action();
		} else {
			uint64_t ticks = fake_random(&random_state) % 50 == 0
					     ? 3 * (uint64_t)fake_random(&random_state)
					     : random_dt() % 2000000;

			fake_alarm_advance(&hardware, ticks,
					   fake_random(&random_state) & late_mask);
			expect_nothing_due();
		}
		expect_consistent();
	}
	assert_true(hardware.now >> 32 > 1000);
	for (uint32_t i = 0; i < ALARMS; i++) {
		assert_true(clients[i].fired > 1000);
	}
}

static void agrees_with_model_when_hardware_is_punctual(void **state)
{
	(void)state;
	random_steps(0x1234567, 0);
}

static void agrees_with_model_when_hardware_is_late(void **state)
{
	(void)state;
	random_steps(0xfedcba987654321, 0xff);
}

static void agrees_with_model_when_hardware_is_very_late(void **state)
{
	(void)state;
	random_steps(0x777, UINT32_MAX / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fires_once_at_its_moment),
	    cmocka_unit_test(past_moment_fires_soon_but_not_inside_set),
	    cmocka_unit_test(equal_moments_all_fire_in_order),
	    cmocka_unit_test(longest_time_fires_on_the_tick),
	    cmocka_unit_test(late_hardware_loses_nothing),
	    cmocka_unit_test(later_set_replaces_earlier),
	    cmocka_unit_test(passes_on_clock_and_frequency),
	    cmocka_unit_test(disarming_all_stops_the_hardware),
	    cmocka_unit_test(agrees_with_model_when_hardware_is_punctual),
	    cmocka_unit_test(agrees_with_model_when_hardware_is_late),
	    cmocka_unit_test(agrees_with_model_when_hardware_is_very_late),
	};

	return cmocka_run_group_tests_name("virtual_alarm", tests, NULL, NULL);
}
