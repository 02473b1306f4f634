/* libFuzzer: bytes become a machine and a sequence of what happens to it (machine.h says what must be
 * so after each). The first four bytes choose the machine, each eight after them are one step, so that
 * a step that is taken out or put in leaves the others what they are.
 *
 * FUZZ_TRACE=1 in the environment prints each step. */

#include "machine.h"

#include <string.h>

enum {
	HEAD = 4,
	STEPS_MAX = 400,
	DRIVERS_FIRST = 7
};

struct step {
	uint8_t kind, what, a, b;
	uint16_t c, d;
};

_Static_assert(sizeof(struct step) == 8, "a step is eight bytes");

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* --- Numbers that come near something --- */

static struct process *any_process(uint8_t which)
{
	struct process *process = machine.processes[which % MACHINE_SLOTS];

	return process != NULL ? process : machine.processes[0];
}

static uint32_t own_address(uint16_t offset)
{
	return RUNNING->ram_start + offset % (RUNNING->app_break - RUNNING->ram_start + 1);
}

static uint32_t address(uint8_t kind, uint16_t offset)
{
	const struct process *own = RUNNING;
	const struct process *other = any_process((uint8_t)(process_slot(own) + 1 + offset % 3));
	const uint32_t anchors[] = {
	    own->app_break,
	    own->kernel_break,
	    own->ram_start,
	    own->ram_end,
	    own->shared_end,
	    protection_reach(&own->protection, own->app_break),
	    own->flash_start,
	    own->flash_app,
	    own->flash_end,
	    context_stack_pointer(&own->context),
	    other->ram_start,
	    other->app_break,
	    other->kernel_break,
	    (uint32_t)(uintptr_t)other,
	    (uint32_t)(uintptr_t)own,
	    0,
	    0x80000000,
	};

	if (kind < 128) {
		return own_address(offset);
	}
	if (kind < 160) {
		return own->flash_app + offset % (own->flash_end - own->flash_app);
	}
	if (kind < 248) {
		return anchors[kind % ARRAY_LENGTH(anchors)] + offset % 64 - 32;
	}
	return (uint32_t)kind << 24 ^ offset * 0x10001u;
}

static uint32_t length(uint16_t raw)
{
	static const uint32_t odd[] = {0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0, 0x4000, 1};

	if (raw < 0xf000) {
		return raw % 97;
	}
	return raw < 0xff00 ? raw % 4096 : odd[raw % ARRAY_LENGTH(odd)];
}

/* Most numbers mean the drivers that were there when the kept inputs were found; these mean what they meant. */
static const struct machine_driver *any_driver(uint8_t raw)
{
	return &machine_drivers[raw % (raw < 224 ? DRIVERS_FIRST : machine_driver_count)];
}

static uint32_t driver_number(uint8_t raw)
{
	static const uint32_t odd[] = {4, 10, 0x10000, 0x10001, 0xffff, 0xffffffff};

	return raw < 248 ? any_driver(raw)->number : odd[raw % ARRAY_LENGTH(odd)];
}

static uint32_t slot_number(uint8_t raw)
{
	return raw < 250 ? raw % 4 : raw;
}

/* --- System calls --- */

static void call(uint32_t class, uint32_t r0, uint32_t r1, uint32_t r2, uint32_t r3)
{
	const uint32_t registers[] = {r0, r1, r2, r3};

	machine_call(class, registers);
}

/* Most buffers end inside the process's memory. */
static uint32_t fitting(uint32_t start, uint32_t wanted)
{
	if (start >= RUNNING->ram_start && start <= RUNNING->app_break) {
		return wanted % (RUNNING->app_break - start + 1);
	}
	return wanted;
}

static void step_allow(const struct step *step)
{
	static const uint32_t classes[] = {ALLOW_READ_ONLY,    ALLOW_READ_ONLY,  ALLOW_READ_ONLY,
					   ALLOW_READ_WRITE,   ALLOW_READ_WRITE, ALLOW_READ_WRITE,
					   ALLOW_USER_READABLE};

	uint32_t start = address(step->b, step->c);
	uint32_t size = length(step->d);

	if ((step->what & 0x80) != 0) { /* what any MPU can share with others */
		start &= ~31u;
		size = 32u << step->d % 3;
	} else if (step->b % 8 != 0) {
		size = fitting(start, size);
	}

	call(classes[step->what % ARRAY_LENGTH(classes)], driver_number(step->a),
	     slot_number(step->what >> 3 & 15), start, size);
}

static void step_subscribe(const struct step *step)
{
	uint32_t function = step->what % 4 == 0 ? 0 : address(step->b | 128, step->c);

	call(SUBSCRIBE, driver_number(step->a), slot_number(step->what >> 3), function, step->d);
}

/* Arguments are small numbers, or moments near now, or addresses. */
static uint32_t argument(uint8_t kind, uint16_t raw)
{
	uint32_t now = (uint32_t)machine_alarm.now;

	switch (kind % 8) {
	case 0:
		return now + raw;
	case 1:
		return now - raw;
	case 2:
		return raw * 0x10001u;
	case 3:
		return address(kind, raw);
	default:
		return length(raw);
	}
}

static void step_command(const struct step *step)
{
	const struct machine_driver *driver = any_driver(step->a);
	uint32_t number = step->a < 248 ? driver->number : driver_number(step->a);
	uint32_t command = step->what % (driver->commands + 1);

	call(COMMAND, number, command, argument(step->b, step->c), argument(step->b >> 3, step->d));
}

static void step_memop(const struct step *step)
{
	uint32_t value = address(step->b, step->c);

	switch (step->what % 8) {
	case 0: /* anywhere in its block */
	case 1:
		value = RUNNING->ram_start + step->c % (RUNNING->ram_end - RUNNING->ram_start + 64);
		call(MEMOP, 0, value, 0, 0);
		break;
	case 2:
	case 3:
	case 4:
		call(MEMOP, 1, (uint32_t)(int32_t)(int16_t)step->c / 64, 0, 0);
		break;
	case 5: /* its flash regions */
		call(MEMOP, 7 + step->a % 3, step->b % 4, 0, 0);
		break;
	default:
		call(MEMOP, step->a % 14, value, 0, 0);
		break;
	}
}

static void step_yield(const struct step *step)
{
	switch (step->what % 4) {
	case 0:
		call(YIELD, 0, address(step->b, step->c), 0, 0);
		break;
	case 1:
		call(YIELD, 1, 0, 0, 0);
		break;
	case 2:
		call(YIELD, 2, driver_number(step->a), slot_number(step->b), 0);
		break;
	default:
		call(YIELD, step->d % 256 == 0 ? step->c : 1, 0, 0, 0);
		break;
	}
}

static void step_exit(const struct step *step)
{
	call(EXIT, step->what % 8 == 0 ? 0 : step->what % 4, step->c, 0, 0);
}

static void step_unknown(const struct step *step)
{
	call(step->c, step->a, step->b, step->d, 0);
}

/* --- Instructions that are no system calls --- */

static void step_access(const struct step *step)
{
	machine_access(address(step->b, step->c), step->what % 4 != 0, (uint8_t)step->d);
}

static void step_stack(const struct step *step)
{
	host_set_stack_pointer(&RUNNING->context, address(step->b, step->c) & ~3u);
}

static void step_fault(const struct step *step)
{
	machine_fault((enum fault_cause)(1 + step->what % FAULT_OTHER));
}

static void step_slice(const struct step *step)
{
	(void)step;
	machine_slice_expires();
}

/* --- The world outside --- */

static void step_sent(const struct step *step)
{
	machine_uart.status = step->what < 240 ? ERROR_NONE : ERROR_FAIL;
	machine_interrupt(LINE_UART);
}

static void step_arrive(const struct step *step)
{
	static uint8_t bytes[32];

	/* The process console has a command that panics: not by chance. */
	memset(bytes, step->a == 'p' ? 'q' : step->a, sizeof(bytes));
	machine_uart.arriving = bytes;
	machine_uart.arriving_length = 1 + step->what % sizeof(bytes);
	machine_interrupt(LINE_UART);
}

/* Somebody types; the process console hears it too. */
static void step_type(const struct step *step)
{
	static const char *const lines[] = {
	    "list\r",         "status\r",
	    "kernel\r",       "process one\r",
	    "stop one\r",     "start one\r",
	    "fault one\r",    "terminate one\r",
	    "boot one\r",     "help\r",
	    "stop four\r",    "stats\r",
	    "console-stop\r", "console-start\r",
	    "\x1b[A",         "fault two and \x07\r",
	    "st\t\t",         "reset\r",
	    "stop\r",         "a\x1b[Db\x1b[H\x1b[3~c\x1b[F\x7f\x1b[B\r"};
	const char *line = lines[step->what % ARRAY_LENGTH(lines)];

	machine_uart.arriving = (const uint8_t *)line;
	machine_uart.arriving_length = (uint32_t)strlen(line);
	machine_interrupt(LINE_UART);
}

static void step_break(const struct step *step)
{
	machine_uart.receive_breaks = true;
	machine_uart.status = step->what % 2 == 0 ? ERROR_FAIL : ERROR_CANCEL;
	machine_interrupt(LINE_UART);
}

static void step_refuse(const struct step *step)
{
	machine_uart.refuse = step->what % 2 == 0 ? ERROR_OFF : ERROR_FAIL;
}

/* Time passes; the alarm may be late. */
static void step_time(const struct step *step)
{
	uint64_t moment = machine_alarm.moment;

	machine_alarm.now += step->c;
	if (machine_alarm.is_armed && step->what % 2 == 0 && machine_alarm.now < moment) {
		machine_alarm.now = moment + step->d % 16;
	}
	machine_interrupt(LINE_ALARM);
}

static void step_bus(const struct step *step)
{
	machine_i2c.refuse = step->what % 16 == 0 ? ERROR_FAIL : ERROR_NONE;
	machine_i2c.status = step->what % 4 == 1 ? ERROR_NOACK : ERROR_NONE;
	machine_i2c.answer = step->a;
	machine_interrupt(LINE_I2C);
}

static void step_buttons(const struct step *step)
{
	machine_inputs.change = step->what;
	machine_interrupt(LINE_INPUTS);
}

static void step_control(const struct step *step)
{
	const struct process_id former = machine.lives[step->b % MACHINE_LIVES];

	machine_control(step->what % GOVERNOR_COMMANDS,
			step->a < 230 ? any_process(step->a)->id : former);
}

/* --- Steps --- */

struct step_kind {
	const char *name;
	void (*happens)(const struct step *step);
	uint8_t weight;
	bool is_of_process; /* needs one that runs */
};

static const struct step_kind kinds[] = {
    {"allow", step_allow, 24, true},
    {"subscribe", step_subscribe, 16, true},
    {"command", step_command, 46, true},
    {"memop", step_memop, 14, true},
    {"yield", step_yield, 32, true},
    {"exit", step_exit, 3, true},
    {"unknown call", step_unknown, 1, true},
    {"access", step_access, 10, true},
    {"stack", step_stack, 4, true},
    {"fault", step_fault, 5, true},
    {"slice", step_slice, 8, true},
    {"sent", step_sent, 36, false},
    {"time", step_time, 18, false},
    {"bytes", step_arrive, 8, false},
    {"type", step_type, 6, false},
    {"break", step_break, 3, false},
    {"refuse", step_refuse, 3, false},
    {"control", step_control, 14, false},
    {"bus", step_bus, 3, false},
    {"buttons", step_buttons, 2, false},
};

static const struct step_kind *step_kind(uint8_t byte)
{
	uint32_t left = byte;

	for (uint32_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
		if (left < kinds[i].weight) {
			return &kinds[i];
		}
		left -= kinds[i].weight;
	}
	return &kinds[byte % ARRAY_LENGTH(kinds)];
}

static void happen(const struct step *step)
{
	static int trace = -1;
	const struct step_kind *kind = step_kind(step->kind);

	if (trace < 0) {
		trace = getenv("FUZZ_TRACE") != NULL;
	}
	if (trace) {
		fprintf(stderr, "%-12s process %d  %02x %02x %02x %04x %04x\n", kind->name,
			RUNNING == NULL ? -1 : (int)process_slot(RUNNING), step->what, step->a,
			step->b, step->c, step->d);
	}
	if (!kind->is_of_process || RUNNING != NULL) {
		kind->happens(step);
	} else if (step->kind % 2 == 0) {
		step_sent(step);
	} else {
		step_time(step);
	}
}

static bool is_anybody_left(void)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		if (machine.processes[i]->state != PROCESS_TERMINATED) {
			return true;
		}
	}
	return false;
}

static void begin(const uint8_t head[HEAD])
{
	uint32_t clock = (head[2] & 1) != 0 ? UINT32_MAX - 8u * head[3] : 8u * head[3];

	machine_start(head[0], head[1], clock);
	machine_memory_begin();
	machine_upcalls_begin();
	CHECK(kernel_next() != NULL);
	machine_audit();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct step step;

	if (size < HEAD) {
		return 0;
	}
	begin(data);
	for (size_t at = HEAD, count = 0; at + sizeof(step) <= size && count < STEPS_MAX; count++) {
		if (!is_anybody_left()) {
			break;
		}
		memcpy(&step, data + at, sizeof(step));
		at += sizeof(step);
		happen(&step);
	}
	machine_finish();
	return 0;
}

/* --- Mutations that respect the steps --- */

/* What applications usually do: pure noise would rarely say it. */
static const struct phrase {
	struct {
		void (*happens)(const struct step *step);
		struct step step;
	} steps[5];
} phrases[] = {
    {{{step_memop, {0, 0, 0, 0, 0xf0, 0}},
      {step_allow, {0, 8, 1, 1, 0, 50}}, /* read-only slot 1 */
      {step_subscribe, {0, 9, 1, 8, 0, 7}},
      {step_command, {0, 1, 1, 4, 40, 0}}, /* write */
      {step_yield, {0, 1, 0, 0, 0, 0}}}},
    {{{step_memop, {0, 0, 0, 0, 0xf0, 0}},
      {step_allow, {0, 10, 1, 1, 0, 50}}, /* read-write slot 1 */
      {step_subscribe, {0, 17, 1, 8, 0, 7}},
      {step_command, {0, 2, 1, 4, 5, 0}}, /* read */
      {step_arrive, {0, 3, 0x41, 0, 0, 0}}}},
    {{{step_subscribe, {0, 1, 0, 8, 0, 7}},
      {step_command, {0, 5, 0, 4, 90, 0}}, /* set */
      {step_yield, {0, 1, 0, 0, 0, 0}},
      {step_time, {0, 0, 0, 0, 1, 1}},
      {step_yield, {0, 2, 0, 0, 0, 0}}}},
    {{{step_memop, {0, 0, 0, 0, 0xf0, 0}},
      {step_allow, {0, 6, 5, 1, 0, 16}}, /* user-readable slot 0 */
      {step_yield, {0, 0, 0, 0, 0, 0}},
      {step_slice, {0, 0, 0, 0, 0, 0}},
      {step_command, {0, 1, 5, 4, 0, 0}}}},
    {{{step_memop, {0, 0, 0, 0, 0xf0, 0}},
      {step_allow, {0, 0x81, 6, 1, 0x20, 0}}, /* a buffer for process 0 */
      {step_subscribe, {0, 1, 6, 128, 0, 7}},
      {step_command, {0, 2, 6, 36, 0, 0}}, /* notify it */
      {step_yield, {0, 1, 0, 0, 0, 0}}}},
    {{{step_control, {0, 3, 1, 0, 0, 0}}, /* the end of whoever shared it */
      {step_yield, {0, 1, 0, 0, 0, 0}},
      {step_control, {0, 4, 1, 0, 0, 0}},
      {step_yield, {0, 1, 0, 0, 0, 0}},
      {step_time, {0, 0, 0, 0, 1, 1}}}},
    {{{step_allow, {0, 0x81, 6, 1, 0x40, 0}}, /* another buffer */
      {step_yield, {0, 1, 0, 0, 0, 0}},
      {step_access, {0, 1, 0, 1, 0x20, 7}},
      {step_allow, {0, 0x81, 6, 1, 0x40, 1}},
      {step_yield, {0, 1, 0, 0, 0, 0}}}},
    {{{step_access, {0, 1, 0, 1, 0, 'o'}},
      {step_access, {0, 1, 0, 1, 1, 'n'}},
      {step_access, {0, 1, 0, 1, 2, 'e'}},
      {step_allow, {0, 0, 6, 1, 0, 3}},     /* its name */
      {step_command, {0, 1, 6, 4, 0, 0}}}}, /* discover */
    {{{step_type, {0, 5, 0, 0, 0, 0}},      /* start one */
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}}}},
    {{{step_type, {0, 12, 0, 0, 0, 0}}, /* console-stop, and -start */
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_type, {0, 13, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}}}},
    {{{step_sent, {0, 0, 0, 0, 0, 0}}, /* all keys of the line editor */
      {step_type, {0, 19, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}}}},
    {{{step_command, {0, 2, 4, 4, 5, 6}}, /* debug */
      {step_command, {0, 3, 4, 4, 5, 6}},
      {step_fault, {0, 1, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}},
      {step_sent, {0, 0, 0, 0, 0, 0}}}},
    {{{step_subscribe, {0, 1, 232, 8, 0, 7}}, /* 232 % 9: the buttons */
      {step_command, {0, 1, 232, 4, 1, 0}},
      {step_buttons, {0, 2, 0, 0, 0, 0}},
      {step_yield, {0, 1, 0, 0, 0, 0}},
      {step_command, {0, 2, 232, 4, 1, 0}}}},
    {{{step_subscribe, {0, 1, 233, 8, 0, 7}}, /* 233 % 9: the temperature */
      {step_command, {0, 1, 233, 4, 0, 0}},
      {step_bus, {0, 3, 25, 0, 0, 0}}, /* it is set up, and then read */
      {step_bus, {0, 3, 25, 0, 0, 0}},
      {step_yield, {0, 1, 0, 0, 0, 0}}}},
};

enum {
	PHRASE_STEPS = 5,
	STEP_BYTES = sizeof(struct step)
};

static uint8_t kind_byte(void (*happens)(const struct step *step))
{
	uint32_t byte = 0;

	while (step_kind((uint8_t)byte)->happens != happens) {
		byte++;
	}
	return (uint8_t)byte;
}

/* Makes room for `length` bytes at `to`. */
static void room_make(uint8_t *data, size_t size, size_t to, size_t length)
{
	memmove(data + to + length, data + to, size - to);
}

static size_t phrase_insert(uint8_t *data, size_t size, size_t to, unsigned int which)
{
	const struct phrase *phrase = &phrases[which % ARRAY_LENGTH(phrases)];

	room_make(data, size, to, PHRASE_STEPS * STEP_BYTES);
	for (size_t i = 0; i < PHRASE_STEPS; i++) {
		struct step step = phrase->steps[i].step;

		step.kind = kind_byte(phrase->steps[i].happens);
		memcpy(data + to + i * STEP_BYTES, &step, STEP_BYTES);
	}
	return size + PHRASE_STEPS * STEP_BYTES;
}

static size_t step_double(uint8_t *data, size_t size, size_t from, size_t to)
{
	uint8_t step[STEP_BYTES];

	memcpy(step, data + from, STEP_BYTES);
	room_make(data, size, to, STEP_BYTES);
	memcpy(data + to, step, STEP_BYTES);
	return size + STEP_BYTES;
}

static size_t step_remove(uint8_t *data, size_t size, size_t from)
{
	memmove(data + from, data + from + STEP_BYTES, size - from - STEP_BYTES);
	return size - STEP_BYTES;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	size_t steps = size < HEAD ? 0 : (size - HEAD) / STEP_BYTES;
	size_t whole = HEAD + steps * STEP_BYTES;

	if (steps == 0 || whole + PHRASE_STEPS * STEP_BYTES > max_size) {
		return LLVMFuzzerMutate(data, size, max_size);
	}

	size_t from = HEAD + seed / 8 % steps * STEP_BYTES;
	size_t to = HEAD + seed / 8 / 1009 % steps * STEP_BYTES;

	switch (seed % 8) {
	case 0:
		return phrase_insert(data, whole, to, seed / 8);
	case 1:
		return step_double(data, whole, from, to);
	case 2:
		return step_remove(data, whole, from);
	default:
		return LLVMFuzzerMutate(data, size, max_size);
	}
}
