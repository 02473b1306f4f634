#include <alarm.h>
#include <line.h>
#include <stdbool.h>

/* What driver 9 leaves in the process's memory, looked at without system calls. */

enum {
	VERSION = 1,
	SLEEP_MS = 20,
	UNTOUCHED = 0x77
};

struct state {
	uint32_t switches;
	uint32_t upcalls;
	uint64_t ticks;
};

static union {
	volatile struct state state;
	volatile uint8_t bytes[sizeof(struct state)];
} shared;

static void print(const char *what, bool as_it_should)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "state_reader: ");
	line_text(&line, what);
	line_text(&line, as_it_should ? " ok\n" : " WRONG\n");
	line_print(&line);
}

static bool share(uint32_t length)
{
	return succeeded(allow_user_readable(DRIVER_READ_ONLY_STATE, 0, &shared, length));
}

/* Filled before the system call returns; the clock is the alarm's. */
static bool is_filled_at_once(void)
{
	uint32_t before = alarm_now();
	bool is_shared = share(sizeof(shared));
	uint32_t told = (uint32_t)shared.state.ticks;

	return is_shared && shared.state.switches > 0 && shared.state.upcalls == 0 &&
	       alarm_now() - before >= told - before;
}

static bool follows_sleeps(void)
{
	uint32_t switches = shared.state.switches;
	uint64_t ticks = shared.state.ticks;

	alarm_sleep_ms(SLEEP_MS);
	return shared.state.switches > switches &&
	       shared.state.ticks - ticks >= alarm_ticks(SLEEP_MS);
}

/* A sleep may end before it has begun, when others have the processor in between: then the event was queued, and
 * what takes it returns at once, which writes nothing. That does not go on for ever. */
static bool is_told_that_none_waits(void)
{
	for (uint32_t i = 0; i < 100; i++) {
		alarm_sleep_ms(SLEEP_MS);
		if (shared.state.upcalls == 0) {
			return true;
		}
	}
	return false;
}

/* The event comes while the process runs and asks for nothing. */
static bool tells_of_an_upcall(void)
{
	static uint32_t fired;

	command(DRIVER_ALARM, 5, alarm_ticks(SLEEP_MS), 0);
	while (shared.state.upcalls == 0) {
	}
	fired = shared.state.upcalls;
	yield_wait_for(DRIVER_ALARM, 0);
	return fired == 1 && is_told_that_none_waits();
}

/* The memory is marked while nothing is shared: who is interrupted meanwhile finds the state there again. */
static bool writes_no_further_than_shared(void)
{
	share(0);
	for (uint32_t i = 0; i < sizeof(shared); i++) {
		shared.bytes[i] = UNTOUCHED;
	}
	share(11);
	alarm_sleep_ms(1);
	for (uint32_t i = 8; i < sizeof(shared); i++) {
		if (shared.bytes[i] != UNTOUCHED) {
			return false;
		}
	}
	return shared.state.upcalls <= 1;
}

static bool stops_when_taken_back(void)
{
	bool is_ours = allow_user_readable(DRIVER_READ_ONLY_STATE, 0, 0, 0).value2 == 11;

	shared.state.switches = 0;
	alarm_sleep_ms(1);
	return is_ours && shared.state.switches == 0;
}

int main(void)
{
	print("version", command(DRIVER_READ_ONLY_STATE, 1, 0, 0).value1 == VERSION);
	print("filled at once", is_filled_at_once());
	print("follows sleeps", follows_sleeps());
	print("tells of an upcall", tells_of_an_upcall());
	print("bounded", writes_no_further_than_shared());
	print("taken back", stops_when_taken_back());
	return 0;
}
