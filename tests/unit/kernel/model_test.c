/* Random system calls, interrupts and faults of several processes; after each the kernel must be as
 * the model says, to the last byte of memory. */

#include "model.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	EPISODES = 600,
	STEPS = 2500,
	IDLE_STEPS = 60, /* so long may nobody run before the episode ends */
	FLASH_CHECK = 256,
};

static struct random source;
static uint8_t flash[FIXTURE_FLASH_BYTES];

static uint32_t below(uint32_t limit)
{
	return random_below(&source, limit);
}

static uint32_t pick(const uint32_t *values, uint32_t count)
{
	return values[below(count)];
}

#define PICK(array) pick((array), ARRAY_LENGTH(array))

static uint32_t any_driver(void)
{
	static const uint32_t numbers[] = {TALKER,  TALKER, TALKER,  TALKER,  LARGE,     PLAIN,
					   TALKER,  LARGE,  0,       3,       0x30003,   0x30005,
					   0x10000, 0x77,   0x40000, 0x10001, 0xffffffff};

	return PICK(numbers);
}

/* Addresses that matter to the running process, and to others. */
static uint32_t any_address(void)
{
	const struct process *p = RUNNING;
	const struct process *other = fixture.processes[below(3)];
	const struct shares *shares = process_shares(p);
	const uint32_t anchors[] = {p->ram_start,        p->app_break,
				    p->app_break,        p->kernel_break,
				    p->ram_end,          p->shared_end,
				    p->flash_start,      p->flash_app,
				    p->flash_end,        0,
				    0x80000000,          p->ram_start + 32,
				    other->ram_start,    other->app_break,
				    other->kernel_break, (uint32_t)(uintptr_t)other,
				    other->flash_app,    FIXTURE_RAM + FIXTURE_RAM_BYTES,
				    FIXTURE_FLASH};

	if (below(3) == 0) {
		return p->ram_start + below(p->app_break - p->ram_start + 1);
	}
	if (shares != NULL && below(3) == 0) {
		const struct allowed *buffer = &shares->shares[below(PROTECTION_SHARES)].buffer;

		return buffer->address + below(buffer->length + 6) - 3;
	}
	return PICK(anchors) + below(12) - 6;
}

static uint32_t any_length(void)
{
	static const uint32_t odd[] = {0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, 0x10000, 0};

	return below(8) == 0 ? PICK(odd) : below(80);
}

static uint32_t any_word(void)
{
	switch (below(4)) {
	case 0:
		return any_address();
	case 1:
		return any_length();
	case 2:
		return below(4);
	default:
		return random_next(&source);
	}
}

static void any_memop(uint32_t r[4])
{
	r[0] = below(3) != 0 ? below(2) : below(14);
	r[1] = any_address();
	if (r[0] == 1 && below(8) != 0) {
		r[1] = below(600) - 300;
	}
	if (r[0] == 0 && below(2) == 0) {
		r[1] = RUNNING->ram_start + below(RUNNING->ram_end - RUNNING->ram_start);
	}
}

static struct process_id any_id(void)
{
	struct process_id id = fixture.processes[below(3)]->id;

	if (below(20) == 0) {
		id.private_value = random_next(&source) % 0x2000;
	}
	return id;
}

static void any_command(uint32_t r[4])
{
	r[0] = any_driver();
	r[1] = below(TALKER_COMMANDS + 1);
	r[2] = below(5);
	fixture.answer = (struct fixture_answer){below(8) != 0 ? 128 + below(5) : 0,
						 {1 + below(13), any_word(), any_word()}};
	fixture.notify = fixture.processes[below(3)]->id;
	if (r[1] == TALKER_NOTIFY || below(4) == 0) {
		r[1] = TALKER_NOTIFY;
		r[2] = below(16) == 0 ? any_word()
				      : TALKER_NOTIFICATION(below(4), below(TALKER_READ_WRITE),
							    below(TALKER_UPCALLS));
	}
	if (r[1] == TALKER_DO && below(3) == 0) {
		model_control_by_command(below(CONTROLS), any_id());
	}
}

/* A buffer that can be shared, if it is the process's. */
static void any_share(uint32_t r[4])
{
	r[0] = TALKER;
	r[1] = below(TALKER_READ_WRITE);
	r[2] = (RUNNING->ram_start + below(RUNNING->app_break - RUNNING->ram_start + 1)) & ~31u;
	r[3] = 32 * below(4);
}

static void any_function(uint32_t r[4])
{
	r[0] = TALKER;
	r[1] = below(TALKER_UPCALLS);
	r[2] = RUNNING->flash_app + 4 * below(8);
}

/* A call with some sense in it: pure noise would never come past the first check. */
static uint32_t any_call(uint32_t r[4])
{
	static const uint32_t classes[] = {YIELD,
					   YIELD,
					   SUBSCRIBE,
					   SUBSCRIBE,
					   COMMAND,
					   COMMAND,
					   MEMOP,
					   MEMOP,
					   ALLOW_READ_WRITE,
					   ALLOW_READ_ONLY,
					   ALLOW_USER_READABLE};
	uint32_t class = PICK(classes);

	for (uint32_t i = 0; i < 4; i++) {
		r[i] = any_word();
	}
	if (class == MEMOP) {
		any_memop(r);
	} else if (class == COMMAND) {
		any_command(r);
	} else if (class == YIELD) {
		r[0] = below(200) == 0 ? any_word() : below(8) == 0 ? 1 + below(2) : 0;
		r[1] = any_address();
		if (r[0] == 2) {
			r[1] = below(30) == 0 ? any_driver() : TALKER;
			r[2] = below(30) == 0 ? any_word() : below(3);
		}
	} else {
		r[0] = any_driver();
		r[1] = below(5);
		r[2] = below(8) == 0 ? 0 : any_address();
		r[3] = any_length();
	}
	if (class == ALLOW_READ_WRITE && below(2) == 0) {
		any_share(r);
	}
	if (class == SUBSCRIBE && below(2) == 0) {
		any_function(r);
	}
	if (below(150) == 0) {
		class = EXIT;
		r[0] = below(20) == 0 ? 0 : 1 + below(2);
	}
	return below(400) == 0 ? random_next(&source) % 300 : class;
}

static void writes(void)
{
	for (uint32_t i = 0; i < 8; i++) {
		model_write(any_address(), (uint8_t)random_next(&source));
	}
}

/* Allows a buffer and tells somebody. */
static void step_share(void)
{
	const struct process *process = RUNNING;
	uint32_t r[4];

	any_share(r);
	model_call(ALLOW_READ_WRITE, r);
	if (RUNNING == process) {
		r[2] = TALKER_NOTIFICATION(below(3), r[1], below(TALKER_UPCALLS));
		r[1] = TALKER_NOTIFY;
		model_call(COMMAND, r);
	}
}

static void step_running(void)
{
	uint32_t choice = below(100);
	uint32_t r[4];

	if (choice < 25) {
		step_share();
	} else if (choice < 80) {
		uint32_t class = any_call(r);

		model_call(class, r);
	} else if (choice < 90) {
		model_event(any_id(), below(4), any_word(), any_word(), any_word());
	} else if (choice < 94) {
		model_slice_expires();
	} else if (choice == 94 && below(4) == 0) {
		model_fault();
	} else {
		writes();
		model_compare();
	}
}

/* Returns whether anything can still happen. */
static bool step(uint32_t *idle)
{
	uint32_t slot = below(3);

	if (model_is_faulted(slot) && below(4) == 0) {
		model_settle(slot);
	}
	if (below(100) == 0) {
		model_control(below(CONTROLS), any_id());
	} else if (below(4) == 0) {
		model_control(CONTROL_RESUME, any_id());
	}
	if (RUNNING != NULL) {
		*idle = 0;
		step_running();
	} else {
		++*idle;
		model_event(any_id(), below(4), random_next(&source), below(5), below(5));
	}
	return model_living() > 0 && *idle < IDLE_STEPS;
}

static void start_episode(uint32_t episode)
{
	static const uint32_t granules[] = {4, 32, 64, 256};

	fixture_teardown(NULL);
	fixture_setup(NULL);
	source.state = episode + 1;
	host_set_granules(4, granules[episode % 4]);
	fixture.restart_limit = 0xffffffff;
	for (uint32_t i = 0; i < 3; i++) {
		fixture_image(&(struct image){.minimum_ram = 0x300 + below(0x1000),
					      .protected_size = 4 * below(20)});
	}
	fixture_start();
	memcpy(flash, fixture_bytes(FIXTURE_FLASH), sizeof(flash));
	model_begin();
}

static void random_calls_are_as_the_model_says(void **state)
{
	uint32_t steps = 0;
	uint64_t shares = 0, places = 0;

	(void)state;
	for (uint32_t episode = 0; episode < EPISODES; episode++) {
		uint32_t idle = 0;

		start_episode(episode);
		for (uint32_t i = 0; i < STEPS && step(&idle); i++) {
			steps++;
			if (i % FLASH_CHECK == 0) {
				assert_memory_equal(flash, fixture_bytes(FIXTURE_FLASH),
						    sizeof(flash));
			}
		}
		assert_memory_equal(flash, fixture_bytes(FIXTURE_FLASH), sizeof(flash));
		shares += model_shares_begun();
		places += model_places_taken();
	}
	assert_true(shares > 1000);
	assert_true(places > 1000);  /* of queues, in the process's memory */
	assert_true(steps > 200000); /* the episodes do not die early */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(random_calls_are_as_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
