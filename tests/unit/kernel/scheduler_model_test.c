/* A scheduler beside its model: processes sleep, wake, use up slices, are stopped and resumed, while time
 * passes. After each step the same one runs, with the same slice. */

#include "fixture.h"
#include "random.h"
#include "scheduler_model.h"
#include <kernel/process_control.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum {
	EPISODES = 40,
	STEPS = 3000,
};

static const struct process_control_capability control;

struct ready ready;
static int running;
static bool sleeps[MODEL_PROCESSES], stopped[MODEL_PROCESSES];
static uint32_t switches, expiries;
static struct random source;

int ready_take(uint32_t position)
{
	int taken = ready.who[position];

	ready.count--;
	for (uint32_t i = position; i < ready.count; i++) {
		ready.who[i] = ready.who[i + 1];
	}
	return taken;
}

/* --- The machine around the model --- */

static void becomes_ready(int process)
{
	if (!stopped[process] && !sleeps[process]) {
		model_becomes_ready(process);
		ready.who[ready.count++] = process;
	}
}

static void leaves(int process)
{
	if (running == process) {
		running = MODEL_NOBODY;
	}
	for (uint32_t i = 0; i < ready.count; i++) {
		if (ready.who[i] == process) {
			ready_take(i);
		}
	}
}

static void choose(bool has_expired)
{
	if (running != MODEL_NOBODY && model_gives_way(running, has_expired)) {
		becomes_ready(running);
		running = MODEL_NOBODY;
	}
	if (running == MODEL_NOBODY && ready.count > 0) {
		uint32_t position = model_next(fixture.ticks); /* may sort */

		running = ready_take(position);
		switches++;
	}
}

static void compare(void)
{
	int runs = RUNNING == NULL ? MODEL_NOBODY : (int)process_slot(RUNNING);

	assert_int_equal(runs, running);
	assert_int_equal(fixture.slice_runs,
			 running != MODEL_NOBODY && ready.count > 0 && model_slice(running) != 0);
}

/* --- Steps --- */

static void time_passes(uint32_t milliseconds)
{
	fixture.ticks += milliseconds;
	if (running != MODEL_NOBODY) {
		model_ran(running, milliseconds);
	}
}

static void running_sleeps(void)
{
	sleeps[running] = true;
	running = MODEL_NOBODY;
	choose(false);
	fixture_call(YIELD, 1, 0, 0, 0);
}

static void wakes(int process)
{
	sleeps[process] = false;
	becomes_ready(process);
	choose(false);
	fixture_event(fixture_process((uint32_t)process)->id, 0, 0, 0, 0);
}

static void expires(void)
{
	uint32_t slice = model_slice(running);

	assert_int_equal(fixture.slice_microseconds, slice * 1000);
	time_passes(slice);
	expiries++;
	choose(true);
	fixture_slice_expires();
}

static void stops(int process)
{
	stopped[process] = true;
	leaves(process);
	choose(false);
	assert_int_equal(process_stop(fixture_process((uint32_t)process)->id, &control),
			 ERROR_NONE);
	fixture_next();
}

static void resumes(int process)
{
	stopped[process] = false;
	becomes_ready(process);
	choose(false);
	assert_int_equal(process_resume(fixture_process((uint32_t)process)->id, &control),
			 ERROR_NONE);
	fixture_next();
}

static void step(void)
{
	int process = (int)random_below(&source, MODEL_PROCESSES);

	time_passes(random_below(&source, 50) == 0 ? random_below(&source, 3000)
						   : random_below(&source, 6));
	switch (random_below(&source, 8)) {
	case 0:
	case 1:
	case 2:
		if (sleeps[process]) {
			wakes(process);
		}
		break;
	case 3:
	case 4:
		if (running != MODEL_NOBODY) {
			running_sleeps();
		}
		break;
	case 5:
	case 6:
		if (fixture.slice_runs) {
			expires();
		}
		break;
	default:
		if (stopped[process]) {
			resumes(process);
		} else if (random_below(&source, 3) == 0) {
			stops(process);
		}
		break;
	}
}

/* All sleep, with a function for upcall 0. */
static void start_episode(uint32_t episode)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	source.state = episode + 1;
	fixture_start_apps(MODEL_PROCESSES);
	model_reset();
	ready.count = 0;
	running = MODEL_NOBODY;
	for (int i = 0; i < MODEL_PROCESSES; i++) {
		fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 0);
		fixture_call(YIELD, 1, 0, 0, 0);
		sleeps[i] = true;
		stopped[i] = false;
	}
	compare();
}

static void random_loads_are_scheduled_as_the_model_says(void **state)
{
	(void)state;
	for (uint32_t episode = 0; episode < EPISODES; episode++) {
		start_episode(episode);
		for (uint32_t i = 0; i < STEPS; i++) {
			step();
			compare();
		}
	}
	assert_true(switches > EPISODES * STEPS / 20);
	assert_int_equal(expiries > EPISODES * STEPS / 20, model_slice(0) != 0);
}

/* Also with a scheduler that lets a process run as long as it likes. */
static void a_deferred_call_that_is_set_again_gets_its_turn(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture.deferred_again = 1;
	fixture_call(COMMAND, TALKER, TALKER_DEFER, 0, 0);
	assert_int_equal(fixture.deferred_runs, 1);
	assert_true(fixture.slice_runs);
	fixture_slice_expires();
	assert_int_equal(fixture.deferred_runs, 2);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_false(fixture.slice_runs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(a_deferred_call_that_is_set_again_gets_its_turn),
	    FIXTURE_TEST(random_loads_are_scheduled_as_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
