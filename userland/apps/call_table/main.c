/* Every system call with every kind of pointer and every kind of length. This application makes the calls
 * and tells what came of each; tests/qemu/test_call_table.py works out what must have. One line a call, in
 * hexadecimal, "." for a register that holds what was passed:
 *
 *     CLASS r0 r1 r2 r3 = r0 r1 r2 r3 MASK      MASK: the other registers that changed (<registers.h>)
 *
 * and behind it, where it applies:
 *
 *     ~ADDRESS:BYTES  these bytes of the memory that is watched have changed, into this
 *     zN              so many of the bytes that a break uncovered were not 0
 *     qN uN DATA      so many events were queued before the call, so many upcalls ran, the last with this data
 *
 * "map" gives the addresses of the moment, "flush" says that slot 1 of the console has been used for printing
 * and holds nothing now, "end" closes a block. */

#include <alarm.h>
#include <console.h>
#include <memory_map.h>
#include <registers.h>
#include <stdbool.h>
#include <temperature.h>

enum {
	ABSENT = 0x777, /* a driver that there is not */
	PATTERN = 0xA5,
	BOTTOM = 32, /* bytes at the start of RAM that the stack does not come down to */
	TOP = 32,    /* bytes below the break that nothing uses */
	ARENA = 64,
	BUFFER = 16, /* where in the arena its buffer begins */
	PLACES_MAX = 56,
	LENGTHS = 15,
};

static const uint32_t kept[4] = {0x5EED0000, 0x5EED1111, 0x5EED2222, 0x5EED3333};

static struct {
	uint32_t ram_start, app_break, kernel_break, ram_end, flash_start, flash_end;
} map;

static uint8_t arena[ARENA] __attribute__((aligned(8)));
static uint32_t places[PLACES_MAX];
static uint32_t place_count;
static volatile uint32_t state[4]; /* as driver 9 writes it */
static volatile uint32_t upcalls_ran, upcall_data;

/* In flash; the linker script has the name. */
extern const uint8_t _flash_start[];

/* --- What is printed --- */

static char text[400];
static uint32_t text_length;

static void put(char character)
{
	if (text_length < sizeof(text)) {
		text[text_length++] = character;
	}
}

static void put_text(const char *words)
{
	while (*words != '\0') {
		put(*words++);
	}
}

static void put_hex(uint32_t number)
{
	int32_t shift = 28;

	while (shift > 0 && number >> shift == 0) {
		shift -= 4;
	}
	for (; shift >= 0; shift -= 4) {
		put("0123456789abcdef"[number >> shift & 15]);
	}
}

/* Whole lines only: what others print comes in between. */
static void flush(void)
{
	console_write(text, text_length);
	text_length = 0;
	put_text("flush\n");
}

static void end_line(void)
{
	put('\n');
	if (text_length > sizeof(text) - 160) {
		flush();
	}
}

/* --- Memory that is watched --- */

struct window {
	volatile uint8_t *bytes;
	uint32_t length;
};

static struct window window(uint32_t number)
{
	switch (number) {
	case 0:
		return (struct window){(volatile uint8_t *)map.ram_start, BOTTOM};
	case 1:
		return (struct window){arena, ARENA};
	default:
		return (struct window){(volatile uint8_t *)map.app_break - TOP, TOP};
	}
}

static void watch_begin(void)
{
	for (uint32_t number = 0; number < 3; number++) {
		struct window each = window(number);

		for (uint32_t i = 0; i < each.length; i++) {
			each.bytes[i] = PATTERN;
		}
	}
}

static void put_byte(uint8_t byte)
{
	put("0123456789abcdef"[byte >> 4]);
	put("0123456789abcdef"[byte & 15]);
}

/* Neighbours that have changed are told together. `end`: the break, which may have come down. */
static void watch_tell(uint32_t end)
{
	for (uint32_t number = 0; number < 3; number++) {
		struct window each = window(number);
		bool before = false;

		for (uint32_t i = 0; i < each.length && (uint32_t)&each.bytes[i] < end; i++) {
			bool changed = each.bytes[i] != PATTERN;

			if (changed && !before) {
				put_text(" ~");
				put_hex((uint32_t)&each.bytes[i]);
				put(':');
			}
			if (changed) {
				put_byte(each.bytes[i]);
			}
			before = changed;
		}
	}
}

/* What a break uncovers must be 0; it is filled, so that it would show if it were not the next time. */
static void uncovered_tell(uint32_t from, uint32_t end)
{
	uint32_t dirty = 0;

	for (uint32_t address = from; address < end; address++) {
		volatile uint8_t *byte = (volatile uint8_t *)address;

		dirty += *byte != 0;
		*byte = PATTERN;
	}
	put_text(" z");
	put_hex(dirty);
}

/* --- One call --- */

static void tell_call(enum system_call_class class, const struct exact_call *call)
{
	put_hex(class);
	for (uint32_t i = 0; i < 4; i++) {
		put(' ');
		put_hex(call->arguments[i]);
	}
	put_text(" =");
	for (uint32_t i = 0; i < 4; i++) {
		put(' ');
		if (call->results[i] == call->arguments[i]) {
			put('.');
		} else {
			put_hex(call->results[i]);
		}
	}
	put(' ');
	put_hex(call->changed);
}

/* Makes a call and tells of it, but does not end the line. Whether it succeeded. */
static bool call_begin(enum system_call_class class, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	struct exact_call call = {.arguments = {a, b, c, d}};

	watch_begin();
	exact_call(class, &call);
	tell_call(class, &call);
	return call.results[0] >= RETURN_SUCCESS && call.results[0] != a;
}

static bool call(enum system_call_class class, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	bool success = call_begin(class, a, b, c, d);

	watch_tell(map.app_break);
	end_line();
	return success;
}

/* --- Kinds of pointers and of lengths --- */

static void place(uint32_t address)
{
	if (place_count < PLACES_MAX) {
		places[place_count++] = address;
	}
}

static void places_of_own(void)
{
	place(map.flash_start);            /* its header */
	place((uint32_t)_flash_start - 1); /* and the last byte of it */
	place((uint32_t)_flash_start);
	place((uint32_t)_flash_start + 1);
	place(map.flash_end - 4);
	place(map.flash_end - 3);
	place(map.flash_end - 1);
	place(map.flash_end);
	place(map.ram_start - 1);
	place(map.ram_start);
	place(map.ram_start + 1);
	for (uint32_t i = 0; i < 4; i++) {
		place((uint32_t)&arena[BUFFER] + i);
	}
	place(map.app_break - 4);
	place(map.app_break - 3);
	place(map.app_break - 1);
	place(map.app_break);
	place(map.app_break + 1);
	place(map.app_break + 4);
	place(map.kernel_break - 1);
	place(map.kernel_break); /* grants */
	place(map.kernel_break + 8);
	place(map.ram_end - 64); /* struct process */
	place(map.ram_end - 1);
	place(map.ram_end);
}

static void places_of_others(void)
{
	static const uint32_t others[] = {
	    0,
	    1,
	    KERNEL_FLASH,
	    KERNEL_CODE,
	    KERNEL_RAM,
	    KERNEL_RAM_END - 1,
	    SLOTS_FLASH,
	    SLOTS_FLASH + 0x80,
	    SLOTS_RAM,
	    SLOTS_RAM + 0x401,
	    UART_DATA,
	    TIMER,
	    GPIO,
	    FLASH_CONTROLLER,
	    INTERRUPT_DISABLE,
	    RESET_REGISTER,
	    NOTHING_THERE,
	    0x7FFFFFFF,
	    0x80000000,
	    0xFFFFFFFC,
	    0xFFFFFFFF,
	};

	for (uint32_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		place(others[i]);
	}
}

static uint32_t exact_length(uint32_t address)
{
	if (address >= map.ram_start && address <= map.app_break) {
		return map.app_break - address;
	}
	if (address >= map.flash_start && address <= map.flash_end) {
		return map.flash_end - address;
	}
	return 64;
}

static uint32_t length(uint32_t address, uint32_t kind)
{
	uint32_t exact = exact_length(address);
	const uint32_t lengths[LENGTHS] = {
	    0,
	    1,
	    4,
	    7,
	    15,
	    exact - 1,
	    exact,
	    exact + 1,
	    exact + 0x1000,
	    0x7FFFFFFF,
	    0x80000000,
	    0xFFFFFFFF,
	    0 - address,                      /* ends where the address space does */
	    1 - address,                      /* a byte behind it */
	    map.ram_start + BOTTOM - address, /* in its own RAM, for many only after a turn */
	};

	return lengths[kind];
}

/* --- Blocks --- */

static void block_begin(const char *name)
{
	map.ram_start = memop_ask(MEMOP_RAM_START);
	map.app_break = memop(MEMOP_SBRK, 0).value1;
	map.kernel_break = memop_ask(MEMOP_GRANT_START);
	map.ram_end = memop_ask(MEMOP_RAM_END);
	map.flash_start = memop_ask(MEMOP_FLASH_START);
	map.flash_end = memop_ask(MEMOP_FLASH_END);
	place_count = 0;
	places_of_own();
	places_of_others();

	const uint32_t addresses[] = {
	    map.ram_start,   map.app_break, map.kernel_break,        map.ram_end,
	    map.flash_start, map.flash_end, (uint32_t)&arena[BUFFER]};

	put_text("block ");
	put_text(name);
	put_text("\nmap");
	for (uint32_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		put(' ');
		put_hex(addresses[i]);
	}
	end_line();
}

/* The bystander has time to look around before the next one. */
static void block_end(void)
{
	flush();
	put_text("end");
	end_line();
	flush();
	alarm_sleep_ms(120);
}

static void block_allow(const char *name, enum system_call_class class, uint32_t driver,
			uint32_t slot)
{
	block_begin(name);
	for (uint32_t i = 0; i < place_count; i++) {
		for (uint32_t kind = 0; kind < LENGTHS; kind++) {
			if (call(class, driver, slot, places[i], length(places[i], kind)) &&
			    class == CLASS_ALLOW_USER_READABLE) {
				call(class, driver, slot, 0, 0); /* or it would be written again */
			}
		}
	}
	call(class, driver, slot, 0, 0);
	block_end();
}

static void block_subscribe(const char *name, uint32_t driver, uint32_t number)
{
	block_begin(name);
	for (uint32_t i = 0; i < place_count; i++) {
		call(CLASS_SUBSCRIBE, driver, number, places[i], 0);
		call(CLASS_SUBSCRIBE, driver, number, places[i], 0xFFFFFFFF);
		call(CLASS_SUBSCRIBE, driver, number, places[i], places[i]);
	}
	call(CLASS_SUBSCRIBE, driver, number, 0, 0);
	block_end();
}

static bool is_driver(uint32_t number)
{
	return number <= DRIVER_READ_ONLY_STATE || number == DRIVER_IPC ||
	       number == DRIVER_TEMPERATURE;
}

/* Pointers where the call takes numbers. */
static void block_numbers(void)
{
	static const enum system_call_class classes[] = {
	    CLASS_SUBSCRIBE, CLASS_COMMAND, CLASS_ALLOW_READ_WRITE, CLASS_ALLOW_READ_ONLY,
	    CLASS_ALLOW_USER_READABLE};

	block_begin("numbers");
	for (uint32_t i = 0; i < place_count; i++) {
		for (uint32_t j = 0; j < sizeof(classes) / sizeof(classes[0]); j++) {
			if (!is_driver(places[i])) {
				call(classes[j], places[i], 0, (uint32_t)&arena[BUFFER], 8);
			}
			if (places[i] > 8) {
				call(classes[j], DRIVER_CONSOLE, places[i],
				     (uint32_t)&arena[BUFFER], 8);
			}
		}
	}
	block_end();
}

static void take_upcalls(void)
{
	uint8_t ran;

	do {
		yield_no_wait(&ran);
	} while (ran != 0);
}

/* Pointers where drivers take numbers; each of these commands does nothing that lasts. */
static void block_commands(void)
{
	static const struct {
		uint32_t driver, number;
	} commands[] = {
	    {DRIVER_ALARM, 0},
	    {DRIVER_ALARM, 4},
	    {DRIVER_CONSOLE, 0},
	    {DRIVER_CONSOLE, 2},
	    {DRIVER_CONSOLE, 4},
	    {DRIVER_DEBUG, 0},
	    {DRIVER_DEBUG, 4},
	    {DRIVER_READ_ONLY_STATE, 0},
	    {DRIVER_IPC, 0},
	    {DRIVER_IPC, 4},
	    {DRIVER_READ_ONLY_STATE, 1},
	    {DRIVER_READ_ONLY_STATE, 2},
	    {ABSENT, 0},
	    {ABSENT, 1},
	    {DRIVER_LED, 5},
	    {DRIVER_BUTTON, 4},
	    {DRIVER_IPC, 1},
	    {DRIVER_TEMPERATURE, 0},
	    {DRIVER_TEMPERATURE, 2},
	};

	block_begin("commands");
	call(CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 1, 0, 0);
	call(CLASS_ALLOW_READ_ONLY, DRIVER_IPC, 0, 0, 0);
	for (uint32_t i = 0; i < place_count; i++) {
		for (uint32_t j = 0; j < sizeof(commands) / sizeof(commands[0]); j++) {
			call(CLASS_COMMAND, commands[j].driver, commands[j].number, places[i], 0);
			call(CLASS_COMMAND, commands[j].driver, commands[j].number, places[i],
			     places[i]);
		}
		if (places[i] > 8) { /* neither a light nor a button nor a process */
			call(CLASS_COMMAND, DRIVER_LED, 1, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_LED, 4, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_BUTTON, 1, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_BUTTON, 2, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_BUTTON, 3, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_IPC, 2, places[i], places[i]);
			call(CLASS_COMMAND, DRIVER_IPC, 3, places[i], places[i]);
		}
		/* Armed for any time at all, and taken back. */
		call(CLASS_COMMAND, DRIVER_ALARM, 6, places[i], 0x7FFFFFFF);
		call(CLASS_COMMAND, DRIVER_ALARM, 6, alarm_now(), places[i]);
		command(DRIVER_ALARM, 3, 0, 0);
		take_upcalls();
		call(CLASS_COMMAND, DRIVER_TEMPERATURE, 1, places[i], places[i]);
		if (temperature_is_there()) {
			int32_t hundredths;

			temperature_wait(&hundredths);
		}
		/* Nothing is shared, so nothing is written, however much; and that is told. */
		flush();
		call(CLASS_COMMAND, DRIVER_CONSOLE, 1, places[i], places[i]);
		put_text("written ");
		put_hex(yield_wait_for(DRIVER_CONSOLE, 1).argument1);
		end_line();
	}
	block_end();
}

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero;
	upcalls_ran++;
	upcall_data = data;
}

static void yield_call(uint32_t flag)
{
	upcalls_ran = 0;
	put('q');
	put_hex(state[1]);
	put(' ');
	call_begin(CLASS_YIELD, YIELD_NO_WAIT, flag, kept[2], kept[3]);
	watch_tell(map.app_break);
	put_text(" u");
	put_hex(upcalls_ran);
	put(' ');
	put_hex(upcall_data);
	end_line();
}

/* Driver 9 tells when the event has come, without a yield. */
static void wait_for_event(void)
{
	command(DRIVER_ALARM, 5, 1, 0);
	while (state[1] == 0) {
	}
}

static void block_yield(const char *name, bool is_queued)
{
	take_upcalls();
	block_begin(name);
	call(CLASS_ALLOW_USER_READABLE, DRIVER_READ_ONLY_STATE, 0, (uint32_t)state, sizeof(state));
	for (uint32_t i = 0; i < place_count; i++) {
		state[1] = 0;
		if (is_queued) {
			wait_for_event();
		}
		yield_call(places[i]);
	}
	call(CLASS_ALLOW_USER_READABLE, DRIVER_READ_ONLY_STATE, 0, 0, 0);
	block_end();
}

static void block_memop(void)
{
	block_begin("memop");
	for (uint32_t i = 0; i < place_count; i++) {
		for (uint32_t operation = 2; operation <= 13; operation++) {
			call(CLASS_MEMOP, operation, places[i], kept[2], kept[3]);
		}
		if (places[i] > MEMOP_HEAP_START) {
			call(CLASS_MEMOP, places[i], places[i], kept[2], kept[3]);
		}
	}
	block_end();
}

static void block_exit(void)
{
	block_begin("exit");
	for (uint32_t i = 0; i < place_count; i++) {
		if (places[i] > 1) { /* these end the process */
			call(CLASS_EXIT, places[i], places[i], kept[2], kept[3]);
			call(CLASS_EXIT, places[i], 0, places[i], kept[3]);
		}
	}
	block_end();
}

/* Moves the break by memop brk or sbrk. */
static void call_break(enum memop operation, uint32_t to)
{
	uint32_t from = map.app_break;
	uint32_t argument = operation == MEMOP_BRK ? to : to - from;

	call_begin(CLASS_MEMOP, operation, argument, kept[2], kept[3]);

	uint32_t now = memop(MEMOP_SBRK, 0).value1;

	watch_tell(now);
	if (now > from) {
		uncovered_tell(from, now);
	}
	map.app_break = now;
	end_line();
}

static void walk_break(enum memop operation, uint32_t from, uint32_t to, int32_t step)
{
	for (uint32_t at = from; step > 0 ? at <= to : at >= to; at += (uint32_t)step) {
		call_break(operation, at);
	}
}

/* What is shared up to the break keeps it from falling below. */
static void block_break(const char *name, enum memop operation)
{
	block_begin(name);

	uint32_t lowest = map.app_break;
	uint32_t highest = map.kernel_break;

	call(CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 1, lowest - 4, 4);
	call(CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 1, 0, 0);
	for (uint32_t i = 0; i < place_count; i++) {
		call_break(operation, places[i]);
	}
	call_break(operation, lowest);
	walk_break(operation, lowest, highest + 6, 13);
	walk_break(operation, map.app_break, lowest - 40, -29);
	call_break(operation, lowest);
	walk_break(operation, lowest, highest + 64, 32);
	walk_break(operation, highest - 70, highest + 6, 1);
	walk_break(operation, lowest + 70, lowest - 6, -1);
	call_break(operation, lowest);
	block_end();
}

/* So that no block makes a grant while it has the break in its table. */
static void make_grants(void)
{
	subscribe(DRIVER_ALARM, 99, 0, 0);
	subscribe(DRIVER_CONSOLE, 99, 0, 0);
	subscribe(DRIVER_DEBUG, 99, 0, 0);
	subscribe(DRIVER_READ_ONLY_STATE, 99, 0, 0);
	subscribe(DRIVER_IPC, 99, 0, 0);
	subscribe(DRIVER_TEMPERATURE, 99, 0, 0);
}

static void block_subscription(upcall_function *function, uint32_t data)
{
	block_begin("subscription");
	call(CLASS_SUBSCRIBE, DRIVER_ALARM, 0, (uint32_t)function, data);
	block_end();
}

int main(void)
{
	make_grants();
	block_allow("write_console", CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 1);
	block_allow("write_console_2", CLASS_ALLOW_READ_WRITE, DRIVER_CONSOLE, 2);
	block_allow("write_ipc", CLASS_ALLOW_READ_WRITE, DRIVER_IPC, 7);
	block_allow("write_led", CLASS_ALLOW_READ_WRITE, DRIVER_LED, 0);
	block_allow("write_absent", CLASS_ALLOW_READ_WRITE, ABSENT, 0);
	block_allow("read_console", CLASS_ALLOW_READ_ONLY, DRIVER_CONSOLE, 1);
	block_allow("read_console_max", CLASS_ALLOW_READ_ONLY, DRIVER_CONSOLE, 0xFFFFFFFF);
	block_allow("read_ipc", CLASS_ALLOW_READ_ONLY, DRIVER_IPC, 0);
	block_allow("read_led", CLASS_ALLOW_READ_ONLY, DRIVER_LED, 0);
	block_allow("read_absent", CLASS_ALLOW_READ_ONLY, ABSENT, 0);
	block_allow("state", CLASS_ALLOW_USER_READABLE, DRIVER_READ_ONLY_STATE, 0);
	block_allow("state_1", CLASS_ALLOW_USER_READABLE, DRIVER_READ_ONLY_STATE, 1);
	block_allow("state_console", CLASS_ALLOW_USER_READABLE, DRIVER_CONSOLE, 0);
	block_allow("state_absent", CLASS_ALLOW_USER_READABLE, ABSENT, 0);
	block_subscribe("subscribe_alarm", DRIVER_ALARM, 0);
	block_subscribe("subscribe_alarm_1", DRIVER_ALARM, 1);
	block_subscribe("subscribe_console", DRIVER_CONSOLE, 2);
	block_subscribe("subscribe_ipc", DRIVER_IPC, 7);
	block_subscribe("subscribe_debug", DRIVER_DEBUG, 0);
	block_subscribe("subscribe_led", DRIVER_LED, 0);
	block_subscribe("subscribe_absent", ABSENT, 0);
	block_numbers();
	block_commands();
	block_yield("yield_empty", false);
	block_yield("yield_null", true);
	block_subscription(fired, 0x1234ABCD);
	block_yield("yield_upcall", true);
	block_subscription(0, 0);
	block_memop();
	block_exit();
	block_break("brk", MEMOP_BRK);
	block_break("sbrk", MEMOP_SBRK);
	put_text("call_table: done");
	end_line();
	flush();
	return 0;
}
