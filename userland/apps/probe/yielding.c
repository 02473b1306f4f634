#include "probe.h"
#include <alarm.h>

/* Items 32 to 40. Events are made by the alarm, which waits for them by computing, so that the event
 * is in the queue when the call to be probed is made. Which event it is shows in its second
 * argument, the moment it was set for. */

enum {
	SET_RELATIVE = 5,
	WRITE = 1, /* the console's command, its upcall and its slot */
	MARK = 0x4D41524B,
	QUEUE_LENGTH = 10,
};

/* What the upcall saw last, and how often it was called. */
static struct {
	volatile uint32_t calls;
	volatile uint32_t moment;
	volatile uint32_t data;
} seen;

static void note(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)zero;
	seen.calls++;
	seen.moment = moment;
	seen.data = data;
}

static void note_elsewhere(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero, (void)data;
	seen.calls += 1000;
}

static void pass_ms(uint32_t milliseconds)
{
	uint32_t start = alarm_now();
	uint32_t ticks = alarm_ticks(milliseconds);

	while (alarm_now() - start < ticks) {
	}
}

static void listen(upcall_function *function)
{
	subscribe(DRIVER_ALARM, 0, function, MARK);
	seen.calls = 0;
}

static uint32_t run_waiting(void)
{
	uint8_t ran;
	uint32_t count = 0;

	do {
		ran = 0;
		yield_no_wait(&ran);
		count += ran;
	} while (ran != 0);
	return count;
}

/* A yield-wait that looks at the registers an upcall must keep. */
static bool yield_wait_keeps_registers(void)
{
	struct exact_call call = {.arguments = {YIELD_WAIT, JUNK, OTHER_JUNK, JUNK}};

	exact_call(CLASS_YIELD, &call);
	return same(0, call.changed & CALLEE_SAVED);
}

/* Waits for the alarm. The event's own time is not known beforehand: it is taken as it comes, and
 * all else is compared. */
static bool wait_for_gives_moment(uint32_t moment)
{
	struct exact_call call = {.arguments = {YIELD_WAIT_FOR, DRIVER_ALARM, 0, JUNK}};

	exact_call(CLASS_YIELD, &call);
	return same(moment, call.results[1]) && same(0, call.results[2]) &&
	       same(JUNK, call.results[3]) && same(0, call.changed) &&
	       same(1, call.results[0] - moment < alarm_frequency());
}

static enum verdict nothing_waits(void)
{
	uint8_t flag = 0xAA;

	return verdict(gives(CLASS_YIELD, YIELD_NO_WAIT, (uint32_t)&flag, JUNK, OTHER_JUNK, KEPT) &&
		       same(0, *(volatile uint8_t *)&flag));
}

static enum verdict bad_flag(void)
{
	return verdict(gives(CLASS_YIELD, YIELD_NO_WAIT, 0, JUNK, OTHER_JUNK, KEPT) &&
		       gives(CLASS_YIELD, YIELD_NO_WAIT, OUTSIDE, JUNK, OTHER_JUNK, KEPT));
}

static enum verdict null_event_is_kept(void)
{
	listen(0);
	return verdict(wait_for_gives_moment(alarm_event()));
}

static enum verdict null_event_does_not_wake(void)
{
	uint32_t ticks = alarm_ticks(20);

	listen(0);
	alarm_event();
	listen(note);
	uint32_t moment = command(DRIVER_ALARM, SET_RELATIVE, ticks, 0).value1;
	bool kept = yield_wait_keeps_registers();
	return verdict(kept && same(1, seen.calls) && same(moment, seen.moment) &&
		       same(MARK, seen.data));
}

static enum verdict wait_for_does_not_call(void)
{
	listen(note);
	return verdict(wait_for_gives_moment(alarm_event()) && same(0, seen.calls) &&
		       same(0, run_waiting()));
}

/* The same when the process has to sleep for it. */
static enum verdict wait_for_sleeps(void)
{
	listen(note);
	uint32_t moment = command(DRIVER_ALARM, SET_RELATIVE, alarm_ticks(5), 0).value1;
	return verdict(wait_for_gives_moment(moment) && same(0, seen.calls));
}

static enum verdict wait_for_both_ways(void)
{
	return verdict(wait_for_does_not_call() == PASSED && wait_for_sleeps() == PASSED);
}

static enum verdict queue_is_bounded(void)
{
	listen(note);
	for (uint32_t i = 0; i < QUEUE_LENGTH + 1; i++) {
		alarm_event();
	}
	return verdict(same(QUEUE_LENGTH, run_waiting()) && same(QUEUE_LENGTH, seen.calls));
}

/* An empty write ends at once, as an event with three zeros. */
static enum verdict wait_for_the_later(void)
{
	listen(note);
	uint32_t moment = alarm_event();
	subscribe(DRIVER_CONSOLE, WRITE, 0, 0);
	allow_read_only(DRIVER_CONSOLE, WRITE, 0, 0);
	command(DRIVER_CONSOLE, WRITE, 0, 0);
	pass_ms(5);

	bool later =
	    gives(CLASS_YIELD, YIELD_WAIT_FOR, DRIVER_CONSOLE, WRITE, JUNK, EVENT(0, 0, 0));
	bool not_yet = same(0, seen.calls);
	bool kept = yield_wait_keeps_registers();
	return verdict(later && not_yet && kept && same(1, seen.calls) &&
		       same(moment, seen.moment));
}

static enum verdict subscribe_drops_waiting(void)
{
	listen(note);
	alarm_event();
	subscribe(DRIVER_ALARM, 0, note_elsewhere, 0);
	return verdict(same(0, run_waiting()) && same(0, seen.calls));
}

static enum verdict restart(void)
{
	return skip("restarts: restart_me");
}

const struct item yielding[] = {
    {32, nothing_waits},
    {33, bad_flag},
    {34, null_event_is_kept},
    {35, null_event_does_not_wake},
    {36, wait_for_both_ways},
    {37, queue_is_bounded},
    {38, wait_for_the_later},
    {39, subscribe_drops_waiting},
    {40, restart},
    {0, 0},
};
