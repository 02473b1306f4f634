#include "fake_kernel.h"

#include <read_only_state.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <system_call.h>

#include <cmocka.h>

enum {
	QUEUE_MAX = 10,
	CALL_TICKS_MAX = 40,
};

struct event {
	uint32_t driver;
	uint32_t arguments[3];
};

struct slot {
	upcall_function *function;
	uint32_t data;
};

struct fake_kernel fake_kernel;

static struct event queue[QUEUE_MAX];
static uint32_t queued;
static struct slot alarm_slot, other_slot;
static uint32_t alarm_moment;
static volatile struct read_only_state *state;
static uint64_t random_state;

void fake_random_seed(uint64_t seed)
{
	random_state = seed;
}

/* splitmix64 */
uint64_t fake_random(void)
{
	uint64_t z = (random_state += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

void fake_kernel_reset(uint64_t now)
{
	fake_kernel = (struct fake_kernel){.now = now, .has_state = true, .has_alarm = true};
	fake_kernel.latest_look = now;
	queued = 0;
	alarm_slot = other_slot = (struct slot){NULL, 0};
	state = NULL;
}

static void schedule(uint32_t driver, uint32_t a, uint32_t b, uint32_t c)
{
	assert_true(queued < QUEUE_MAX);
	queue[queued++] = (struct event){driver, {a, b, c}};
}

static void alarm_look(void)
{
	if (fake_kernel.is_armed && fake_kernel.now >= fake_kernel.fires_at) {
		fake_kernel.is_armed = false;
		schedule(DRIVER_ALARM, (uint32_t)fake_kernel.now, alarm_moment, 0);
	}
}

/* As the driver is given the processor again, at any moment. */
static void state_write(void)
{
	if (state != NULL) {
		state->switches++;
		state->upcalls = queued;
		state->ticks = fake_kernel.now;
	}
}

static void time_passes(uint64_t ticks)
{
	fake_kernel.now += ticks;
	alarm_look();
}

void fake_compute(uint64_t ticks)
{
	time_passes(ticks);
	if (fake_random() % 2 == 0) {
		state_write();
	}
}

void fake_event(void)
{
	schedule(DRIVER_OTHER, 0, 0, 0);
}

bool fake_is_queued(uint32_t driver)
{
	for (uint32_t i = 0; i < queued; i++) {
		if (queue[i].driver == driver) {
			return true;
		}
	}
	return false;
}

uint32_t fake_queue_length(void)
{
	return queued;
}

static struct system_call_return success(uint32_t value)
{
	return (struct system_call_return){RETURN_SUCCESS_U32, value, 0, 0};
}

static struct system_call_return failure(enum error_code error)
{
	return (struct system_call_return){RETURN_FAILURE, error, 0, 0};
}

static void alarm_set(uint32_t reference, uint32_t ticks)
{
	uint32_t passed = (uint32_t)fake_kernel.now - reference;

	fake_kernel.is_armed = true;
	fake_kernel.fires_at = fake_kernel.now + (passed < ticks ? ticks - passed : 0);
	alarm_moment = reference + ticks;
	alarm_look();
}

static struct system_call_return alarm_command(uint32_t number, uint32_t a, uint32_t b)
{
	if (!fake_kernel.has_alarm) {
		return failure(ERROR_NODEVICE);
	}
	switch (number) {
	case 1:
		return success(FREQUENCY);
	case 2:
		fake_kernel.latest_look = fake_kernel.now;
		return success((uint32_t)fake_kernel.now);
	case 3:
		if (!fake_kernel.is_armed) {
			return failure(ERROR_ALREADY);
		}
		fake_kernel.is_armed = false;
		return success(0);
	case 5:
		alarm_set((uint32_t)fake_kernel.now, a);
		return success((uint32_t)fake_kernel.now + a);
	case 6:
		alarm_set(a, b);
		return success(a + b);
	default:
		return failure(ERROR_NOSUPPORT);
	}
}

static struct system_call_return state_allow(uint32_t address, uint32_t length)
{
	if (!fake_kernel.has_state) {
		return failure(ERROR_NODEVICE);
	}
	assert_int_equal(length, sizeof(*state));
	state = (volatile struct read_only_state *)(uintptr_t)address;
	fake_kernel.latest_look = fake_kernel.now;
	state_write();
	return (struct system_call_return){RETURN_SUCCESS_2_U32, 0, 0, 0};
}

static struct system_call_return fake_memop(uint32_t operation, uint32_t argument)
{
	uint32_t old = fake_kernel.app_break;
	uint32_t wanted = operation == MEMOP_SBRK ? old + argument : argument;

	if (operation == MEMOP_GRANT_START) {
		return success(fake_kernel.break_limit);
	}
	assert_true(operation == MEMOP_BRK || operation == MEMOP_SBRK);
	if (wanted > fake_kernel.break_limit) {
		return failure(ERROR_NOMEM);
	}
	fake_kernel.app_break = wanted;
	return operation == MEMOP_SBRK ? success(old)
				       : (struct system_call_return){RETURN_SUCCESS, 0, 0, 0};
}

static struct event take(uint32_t index)
{
	struct event event = queue[index];

	memmove(&queue[index], &queue[index + 1], (queued - index - 1) * sizeof(queue[0]));
	queued--;
	return event;
}

static void sleep_until_event(void)
{
	if (!fake_kernel.is_armed) {
		fail_msg("the process sleeps for ever");
	}
	if (fake_kernel.fires_at > fake_kernel.now) {
		fake_kernel.now = fake_kernel.fires_at;
	}
	time_passes(fake_kernel.lateness);
	state_write();
}

static struct system_call_return wait_for(uint32_t driver)
{
	for (;;) {
		for (uint32_t i = 0; i < queued; i++) {
			if (queue[i].driver == driver) {
				struct event event = take(i);
				return (struct system_call_return){
				    event.arguments[0], event.arguments[1], event.arguments[2], 0};
			}
		}
		sleep_until_event();
	}
}

struct system_call_return fake_trap(uint32_t class, uint32_t argument0, uint32_t argument1,
				    uint32_t argument2, uint32_t argument3)
{
	time_passes(fake_random() % CALL_TICKS_MAX);
	switch (class) {
	case CLASS_YIELD:
		return wait_for(argument1);
	case CLASS_SUBSCRIBE: {
		struct slot *slot = argument0 == DRIVER_ALARM ? &alarm_slot : &other_slot;
		*slot = (struct slot){(upcall_function *)(uintptr_t)argument2, argument3};
		return (struct system_call_return){RETURN_SUCCESS_2_U32, 0, 0, 0};
	}
	case CLASS_COMMAND:
		return alarm_command(argument1, argument2, argument3);
	case CLASS_MEMOP:
		return fake_memop(argument0, argument1);
	case CLASS_ALLOW_USER_READABLE:
		return state_allow(argument2, argument3);
	default:
		fail_msg("system call of class %u", class);
		return failure(ERROR_NOSUPPORT);
	}
}

static void run_one(void)
{
	struct event event = take(0);
	struct slot *slot = event.driver == DRIVER_ALARM ? &alarm_slot : &other_slot;

	if (event.driver == DRIVER_ALARM) {
		fake_kernel.passes++;
		fake_kernel.latest_pass = fake_kernel.now;
	}
	assert_non_null(slot->function);
	slot->function(event.arguments[0], event.arguments[1], event.arguments[2], slot->data);
}

void fake_yield(enum yield_variant variant, uint32_t flag)
{
	time_passes(fake_random() % CALL_TICKS_MAX);
	if (variant == YIELD_NO_WAIT && flag != 0) {
		*(uint8_t *)(uintptr_t)flag = queued > 0;
	}
	while (queued == 0) {
		if (variant == YIELD_NO_WAIT) {
			return;
		}
		sleep_until_event();
	}
	run_one();
}
