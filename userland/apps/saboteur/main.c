#include "final_attacks.h"

#include <alarm.h>
#include <attack.h>
#include <line.h>

/* First what a kernel must answer with an error and nothing else: pointers to what is not this
 * process's, passed to every system call that takes one. Then one attack that must end it. */

const struct attack_texts attack_texts = {.name = "saboteur"};

struct tally {
	uint32_t tried;
	uint32_t accepted;
};

static void count(struct tally *tally, bool refused)
{
	tally->tried++;
	tally->accepted += !refused;
}

/* The error came back, and with it what was passed. */
static bool is_failure(struct system_call_return result, enum error_code error, uint32_t first,
		       uint32_t second)
{
	return result.variant == RETURN_FAILURE_2_U32 && result.value1 == (uint32_t)error &&
	       result.value2 == first && result.value3 == second;
}

static void try_sharing(struct tally *tally, uint32_t place)
{
	const uint32_t length = 4;
	void *buffer = (void *)place;

	count(tally, is_failure(allow_read_write(DRIVER_CONSOLE, 1, buffer, length), ERROR_INVAL,
				place, length));
	count(tally, is_failure(allow_read_only(DRIVER_CONSOLE, 1, buffer, length), ERROR_INVAL,
				place, length));
	count(tally, is_failure(allow_user_readable(DRIVER_CONSOLE, 0, buffer, length), ERROR_INVAL,
				place, length));
}

static void try_subscribing(struct tally *tally, uint32_t place)
{
	const uint32_t data = 7;
	upcall_function *function = (upcall_function *)place;

	if (place == 0) {
		return; /* no function: that is how one unsubscribes */
	}
	count(tally,
	      is_failure(subscribe(DRIVER_CONSOLE, 1, function, data), ERROR_INVAL, place, data));
}

/* Moving the break there must fail; marks for the debugger are ignored when they make no sense. */
static void try_memops(struct tally *tally, uint32_t place)
{
	uint32_t start = memop_ask(MEMOP_RAM_START);
	bool could_be_break = place - start <= memop_ask(MEMOP_GRANT_START) - start;

	if (!could_be_break) {
		struct system_call_return result = memop(MEMOP_BRK, place);
		count(tally, result.variant == RETURN_FAILURE && result.value1 == ERROR_NOMEM);
		result = memop(MEMOP_SBRK, place - app_break());
		count(tally, result.variant == RETURN_FAILURE && result.value1 == ERROR_NOMEM);
	}
	count(tally, memop(MEMOP_STACK_TOP, place).variant == RETURN_SUCCESS);
	count(tally, memop(MEMOP_HEAP_START, place).variant == RETURN_SUCCESS);
}

/* A flag that may not be written is skipped. What is there cannot be looked at; that the kernel and
 * the others live on is the proof. */
static void try_yielding(struct tally *tally, uint32_t place)
{
	yield_no_wait((uint8_t *)place);
	count(tally, true);
}

static void try_bad_pointers(struct tally *tally)
{
	const uint32_t places[] = {
	    0,
	    KERNEL_FLASH + 0x100,
	    KERNEL_RAM,
	    KERNEL_RAM_END - 4,
	    other_ram(),
	    other_flash() + 0x80,
	    UART_DATA,
	    RESET_REGISTER,
	    NOTHING_THERE,
	    memop_ask(MEMOP_FLASH_START),   /* its own header */
	    memop_ask(MEMOP_FLASH_END),     /* behind its flash */
	    memop_ask(MEMOP_FLASH_END) - 2, /* half of it behind its flash */
	    memop_ask(MEMOP_RAM_START) - 2, /* half of it below its RAM */
	    app_break() - 2,                /* half of it above its break */
	    memop_ask(MEMOP_GRANT_START),
	    memop_ask(MEMOP_RAM_END) - 4, /* process control data */
	    memop_ask(MEMOP_RAM_END),
	    0x80000000 - 2,
	    0xFFFFFFFC, /* the last word: its end is address 0 */
	    0xFFFFFFFF,
	};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		try_sharing(tally, places[i]);
		try_subscribing(tally, places[i]);
		try_memops(tally, places[i]);
		try_yielding(tally, places[i]);
	}
}

static void report(const struct tally *tally)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "saboteur: ");
	line_decimal(&line, tally->tried);
	line_text(&line, " bad pointers, ");
	if (tally->accepted == 0) {
		line_text(&line, "all refused\n");
	} else {
		line_decimal(&line, tally->accepted);
		line_text(&line, " ACCEPTED\n");
	}
	line_print(&line);
}

static void announce(const char *what, const char *attack)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "saboteur: ");
	line_text(&line, what);
	line_text(&line, attack);
	line_text(&line, "\n");
	line_print(&line);
}

/* Another attack in each life. Nothing of a life reaches the next but the time: attacks take turns by
 * quarters of a second, and each life waits for the next. */
static const struct final_attack *next_attack(void)
{
	uint32_t quarter = alarm_frequency() / 4;

	alarm_sleep_ticks(quarter - alarm_now() % quarter);
	return &final_attacks[alarm_now() / quarter % FINAL_ATTACKS];
}

int main(void)
{
	struct tally tally = {0};
	const struct final_attack *attack = next_attack();

	try_bad_pointers(&tally);
	report(&tally);
	announce("now ", attack->name);
	attack->run();
	announce("SURVIVED, it ", attack->name);
	return 1;
}
