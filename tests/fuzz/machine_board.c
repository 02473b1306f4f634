/* What is on the machine's board: the one place that lists its capsules. */

#include "machine.h"

#include "../unit/kernel/image.h"

#include <capsules/alarm.h>
#include <capsules/button.h>
#include <capsules/console.h>
#include <capsules/debug_log.h>
#include <capsules/fault_rules.h>
#include <capsules/ipc.h>
#include <capsules/led.h>
#include <capsules/lm75.h>
#include <capsules/low_level_debug.h>
#include <capsules/permission_filter.h>
#include <capsules/process_console.h>
#include <capsules/process_console_commands.h>
#include <capsules/process_reporter.h>
#include <capsules/read_only_state.h>
#include <capsules/temperature.h>
#include <capsules/virtual_alarm.h>
#include <capsules/virtual_uart.h>
#include <string.h>

enum {
	JUNK = 0xa5,
	IMAGE_BYTES = 0x800,
	LEDS = 2,
};

struct machine machine;

/* layout.ld has these; no trap of a capsule is looked for here. */
extern const uint8_t _kernel_flash_start[], _kernel_stack_start[], _kernel_stack_end[];
const uint8_t _kernel_flash_start[1], _kernel_stack_start[1], _kernel_stack_end[1];

/* Everything that a run changes, so that the next one begins with zeros. */
static struct {
	struct virtual_uart_mux uart_mux;
	struct virtual_uart console_port, debug_port, log_port, report_port, shell_port;
	struct virtual_alarm_mux alarm_mux;
	struct virtual_alarm driver_alarm, shell_alarm;
	struct alarm_driver alarm;
	struct console console;
	struct led_driver led;
	struct button_driver button;
	struct lm75 lm75;
	struct temperature_driver temperature;
	struct low_level_debug debug;
	struct process_reporter reporter;
	struct fault_rules fault_rules;
	struct read_only_state state;
	struct ipc ipc;
	struct debug_log_queue log;
	struct process_console shell;
	struct permission_filter filter;
	struct machine_pin pins[LEDS];

	bool has_refused; /* the port, ever */

	uint8_t receive_bytes[1], console_write_bytes[16], console_read_bytes[16];
	uint8_t debug_bytes[LOW_LEVEL_DEBUG_LINE], report_bytes[PROCESS_REPORTER_LINE];
	uint8_t state_bytes[READ_ONLY_STATE_BYTES], lm75_bytes[LM75_BUFFER];
	uint8_t log_bytes[DEBUG_LOG_LINE], line_break_bytes[2];
	uint8_t shell_bytes[PROCESS_CONSOLE_LINE], shell_receive_bytes[1], shell_typed_bytes[8];
	uint8_t shell_history_bytes[3 * LINE_EDITOR_ROW];
} on;

/* --- What processes can call --- */

static struct driver *const basics[] = {
    [0x0] = &on.alarm.driver,
    [0x1] = &on.console.driver,
    [0x2] = &on.led.driver,
    [0x3] = &on.button.driver,
    [GOVERNOR] = &machine_governor.driver,
    [0x8] = &on.debug.driver,
    [0x9] = &on.state.driver,
};
static struct driver *const kernel_drivers[] = {[0x0] = &on.ipc.driver};
static struct driver *const sensor_drivers[] = {[0x0] = &on.temperature.driver};
static const struct driver_group groups[] = {
    [0x0] = DRIVER_GROUP(basics),
    [0x1] = DRIVER_GROUP(kernel_drivers),
    [0x6] = DRIVER_GROUP(sensor_drivers),
};

const struct machine_driver machine_drivers[] = {
    {0x0, 7, &on.alarm.grant.grant},
    {0x1, 4, &on.console.grant.grant},
    {0x2, 5, NULL},
    {GOVERNOR, GOVERNOR_COMMANDS, &machine_governor.grant.grant},
    {0x8, 4, &on.debug.grant.grant},
    {0x9, 2, &on.state.grant.grant},
    {IPC, 4, &on.ipc.grant.grant},
    {0x3, 4, &on.button.grant.grant},
    {0x60000, 2, &on.temperature.grant.grant},
};
const uint32_t machine_driver_count = ARRAY_LENGTH(machine_drivers);

/* --- What the kernel needs of a board --- */

struct keeper {
	struct slice_timer slice_timer;
	struct panic_writer panic_writer;
};

static struct keeper keeper;
static const struct process_inspect_capability inspect;
static const struct process_control_capability control;
static const struct process_share_capability share;
static const struct kernel_memory kernel_memory = {
    .flash_end = 0x1000, .ram_start = MACHINE_RAM - 0x1000, .ram_end = MACHINE_RAM};

static void keeper_start(struct keeper *self, uint32_t microseconds)
{
	(void)self;
	CHECK(microseconds > 0 && microseconds <= 100000);
	machine.slice_runs = true;
}

static void keeper_stop(struct keeper *self)
{
	(void)self;
	machine.slice_runs = false;
}

SLICE_TIMER_IMPLEMENT(keeper, struct keeper, slice_timer, .start = keeper_start,
		      .stop = keeper_stop);

static void keeper_write(struct keeper *self, struct read_span text)
{
	(void)self;
	for (uint32_t i = 0; i < read_span_length(text); i++) {
		if (machine.panic_length < sizeof(machine.panic) - 1) {
			machine.panic[machine.panic_length++] = (char)read_span_get(text, i);
		}
	}
}

PANIC_WRITER_IMPLEMENT(keeper, struct keeper, panic_writer, .write = keeper_write);

static struct interrupt_handler *const lines[LINES] = {
    [LINE_UART] = &machine_uart.interrupt,
    [LINE_ALARM] = &machine_alarm.interrupt,
    [LINE_I2C] = &machine_i2c.interrupt,
    [LINE_INPUTS] = &machine_inputs.interrupt,
};

static void serial_init(void)
{
	struct buffer receive = BUFFER_OVER(on.receive_bytes);
	struct buffer console_write = BUFFER_OVER(on.console_write_bytes);
	struct buffer console_read = BUFFER_OVER(on.console_read_bytes);
	struct buffer debug_line = BUFFER_OVER(on.debug_bytes);
	struct buffer report_line = BUFFER_OVER(on.report_bytes);
	struct buffer log_line = BUFFER_OVER(on.log_bytes);
	struct buffer line_break = BUFFER_OVER(on.line_break_bytes);

	virtual_uart_mux_init(&on.uart_mux, &machine_uart.uart, &receive);
	virtual_uart_init(&on.console_port, &on.uart_mux);
	virtual_uart_init(&on.debug_port, &on.uart_mux);
	virtual_uart_init(&on.log_port, &on.uart_mux);
	virtual_uart_init(&on.report_port, &on.uart_mux);
	virtual_uart_init(&on.shell_port, &on.uart_mux);
	virtual_uart_begin_lines(&on.console_port, &line_break);
	virtual_uart_begin_lines(&on.debug_port, &line_break);
	virtual_uart_begin_lines(&on.log_port, &line_break);
	debug_log_queue_init(&on.log, &on.log_port.uart, &log_line);
	console_init(&on.console, &on.console_port.uart, &console_write, &console_read,
		     &on.log.log);
	low_level_debug_init(&on.debug, &on.debug_port.uart, &debug_line);
	process_reporter_init(&on.reporter, &on.report_port.uart, &keeper.panic_writer,
			      &report_line, &kernel_memory);
	process_reporter_trust(&on.reporter, &inspect, &control);
}

static void alarms_init(void)
{
	virtual_alarm_mux_init(&on.alarm_mux, &machine_alarm.alarm);
	virtual_alarm_init(&on.driver_alarm, &on.alarm_mux);
	virtual_alarm_init(&on.shell_alarm, &on.alarm_mux);
	alarm_driver_init(&on.alarm, &on.driver_alarm.alarm);
}

static void shell_init(void)
{
	struct process_console_buffers buffers = {
	    .line = BUFFER_OVER(on.shell_bytes),
	    .history = BUFFER_OVER(on.shell_history_bytes),
	    .typed = BUFFER_OVER(on.shell_typed_bytes),
	    .receive = BUFFER_OVER(on.shell_receive_bytes),
	};

	process_console_init(&on.shell, &on.shell_port.uart, &on.shell_alarm.alarm, &buffers,
			     &on.log.log, NULL);
	process_console_trust(&on.shell, &kernel_memory, SPAN_OF_TEXT("fuzz"), &inspect, &control);
}

static void lights_init(void)
{
	static struct gpio_pin *const pins[LEDS] = {&on.pins[0].gpio_pin, &on.pins[1].gpio_pin};

	for (uint32_t i = 0; i < LEDS; i++) {
		machine_pin_init(&on.pins[i]);
	}
	led_driver_init(&on.led, GPIO_PINS_OVER(pins), true);
}

static void buttons_init(void)
{
	static struct gpio_input *const inputs[MACHINE_INPUTS] = {
	    &machine_inputs.inputs[0].gpio_input, &machine_inputs.inputs[1].gpio_input};

	button_driver_init(&on.button, GPIO_INPUTS_OVER(inputs), GPIO_PULL_UP, false);
}

static void temperature_init(void)
{
	struct buffer buffer = BUFFER_OVER(on.lm75_bytes);

	lm75_init(&on.lm75, &machine_i2c.i2c_master, LM75_ADDRESS, LM75_BITS_MAX, &buffer);
	temperature_driver_init(&on.temperature, &on.lm75.sensor);
}

/* The policy for all, but for "one". */
static void policy_init(uint8_t policy)
{
	static const struct fault_rule rules[] = {
	    {.restarts = 2, .after = FAULT_ACTION_STOP},
	    {.after = FAULT_ACTION_STOP},
	    {.restarts = 1, .after = FAULT_ACTION_STOP, .is_silent = true},
	    {.restarts = FAULT_RULE_FOR_EVER, .after = FAULT_ACTION_STOP},
	};
	static const struct fault_rule rule_of_one = {.name = {(const uint8_t *)"one", 3},
						      .restarts = 5,
						      .after = FAULT_ACTION_STOP,
						      .is_silent = true};

	fault_rules_init(&on.fault_rules, &rules[policy % ARRAY_LENGTH(rules)]);
	if ((policy & 8) != 0) {
		fault_rules_add(&on.fault_rules, &rule_of_one);
	}
}

static void state_init(void)
{
	struct buffer state = BUFFER_OVER(on.state_bytes);

	read_only_state_init(&on.state, &machine_alarm.clock, &state);
}

static void board_init(void)
{
	machine.board = (struct board){
	    .driver_groups = groups,
	    .driver_group_count = ARRAY_LENGTH(groups),
	    .processes = machine.processes,
	    .process_slots = MACHINE_SLOTS,
	    .flash_start = MACHINE_FLASH,
	    .flash_end = MACHINE_FLASH + MACHINE_FLASH_BYTES,
	    .ram_start = MACHINE_RAM,
	    .ram_end = MACHINE_RAM + MACHINE_RAM_BYTES,
	    .interrupts = lines,
	    .interrupt_count = LINES,
	    .slice_timer = &keeper.slice_timer,
	    .clock = &machine_alarm.clock,
	    .observer = &on.reporter.observer,
	    .panic_writer = &keeper.panic_writer,
	    .resume_client = &on.state.client,
	    .system_call_filter = &on.filter.filter,
	    .fault_policy = &on.fault_rules.fault_policy,
	};
}

/* What "four" may do. */
static const struct image_permission permissions[] = {
    {0x0, 0, 0xff}, {0x1, 0, 3}, {IPC, 0, 0xff}, {GOVERNOR, 0, 0x7f}};

/* Three applications or four; what they want of RAM is two bits each. */
static void images_write(uint8_t memory)
{
	static const char *const names[MACHINE_SLOTS] = {"one", "two and \x07", NULL, "four"};
	static const uint32_t sizes[4] = {0x60, 0x100, 0x234, 0x700};
	uint8_t *flash = (uint8_t *)(uintptr_t)MACHINE_FLASH;
	uint32_t count = (memory & 1) != 0 ? 4 : 3;

	memset(flash, 0xff, MACHINE_FLASH_BYTES);
	for (uint32_t i = 0; i < count; i++) {
		const struct image image = {
		    .name = names[i],
		    .total_size = IMAGE_BYTES,
		    .minimum_ram = sizes[memory >> 2 * i & 3],
		    .protected_size = 32 * i,
		    .region_count = i,
		    .regions = {{0x400, 0x100}, {0x7f8, 8}, {0, 0}},
		    .permissions = i == 3 ? permissions : NULL,
		    .permission_count = ARRAY_LENGTH(permissions),
		};

		flash += image_write(flash, &image);
	}
}

static void memory_init(void)
{
	static bool is_mapped;

	if (!is_mapped) {
		host_map(MACHINE_FLASH, MACHINE_FLASH_BYTES);
		host_map(MACHINE_RAM, MACHINE_RAM_BYTES);
		is_mapped = true;
	}
	memset((void *)(uintptr_t)MACHINE_RAM, JUNK, MACHINE_RAM_BYTES);
}

static void start(void)
{
	kernel_start(&machine.board);
}

void machine_start(uint8_t memory, uint8_t policy, uint32_t clock)
{
	machine_scheduler_choose(policy >> 4);
	memset(&kernel, 0, sizeof(kernel));
	memset(&machine, 0, sizeof(machine));
	memset(&on, 0, sizeof(on));
	kernel_attention = 2; /* as kernel.c has it */
	memory_init();
	images_write(memory);
	machine_uart_init(&machine_uart);
	machine_alarm_init(&machine_alarm, clock, policy >> 2 & 1);
	machine_i2c_init(&machine_i2c);
	machine_inputs_init(&machine_inputs);
	slice_timer_bind(&keeper.slice_timer, &keeper_slice_timer_operations);
	panic_writer_bind(&keeper.panic_writer, &keeper_panic_writer_operations);
	serial_init();
	alarms_init();
	lights_init();
	buttons_init();
	temperature_init();
	machine_governor_init(&machine_governor);
	shell_init();
	ipc_init(&on.ipc, &inspect, &share);
	permission_filter_init(&on.filter);
	state_init();
	policy_init(policy);
	board_init();
	CHECK(host_enter(start) == HOST_RAN);
	CHECK(machine.panic_length == 0); /* every application was started */
}

/* --- What the capsules promise of themselves --- */

static bool is_away(const struct buffer *buffer)
{
	return buffer_is_empty(buffer);
}

static void audit_port(const struct virtual_uart *port)
{
	bool has_out = port->transmit_state == VIRTUAL_UART_WAITING ||
		       port->transmit_state == VIRTUAL_UART_ENDED;
	bool is_turn = on.uart_mux.ports[on.uart_mux.turn] == port;

	CHECK(has_out != is_away(&port->transmit_buffer));
	CHECK((port->receive_state != VIRTUAL_UART_IDLE) != is_away(&port->receive_buffer));
	CHECK(port->transmit_state != VIRTUAL_UART_ENDED);
	CHECK(port->receive_state != VIRTUAL_UART_ENDED);
	/* Who waits, waits for somebody. */
	CHECK(port->transmit_state != VIRTUAL_UART_WAITING || on.uart_mux.transmitting);
	CHECK(port->receive_state != VIRTUAL_UART_WAITING || is_away(&on.uart_mux.receive_buffer));
	CHECK((port->transmit_state == VIRTUAL_UART_ACTIVE) ==
	      (on.uart_mux.transmitting && is_turn && !on.uart_mux.breaking));
}

const struct virtual_uart *machine_turn(void)
{
	return on.uart_mux.ports[on.uart_mux.turn];
}

void machine_audit_turn(const struct virtual_uart *last, const struct buffer *next)
{
	CHECK(last->transmit_state != VIRTUAL_UART_WAITING || next == &last->transmit_buffer);
}

static void audit_serial(void)
{
	CHECK(on.uart_mux.transmitting == !buffer_is_empty(&machine_uart.transmit_buffer));
	CHECK(is_away(&on.uart_mux.receive_buffer) != is_away(&machine_uart.receive_buffer));
	for (uint32_t i = 0; i < on.uart_mux.count; i++) {
		audit_port(on.uart_mux.ports[i]);
	}
}

static void audit_console(void)
{
	CHECK(is_away(&on.console.write_buffer) !=
	      (on.console_port.transmit_state == VIRTUAL_UART_IDLE));
	CHECK(is_away(&on.console.read_buffer) !=
	      (on.console_port.receive_state == VIRTUAL_UART_IDLE));
	CHECK(is_away(&on.console.read_buffer) !=
	      process_id_equal(on.console.reader, PROCESS_ID_NONE));
	GRANT_EACH(console_grant, app, &on.console.grant) {
		CHECK(!app.state->writing || is_away(&on.console.write_buffer));
		CHECK(app.state->written <= app.state->length);
		CHECK(app.state->length <= MACHINE_RAM_BYTES + IMAGE_BYTES);
	}
}

/* The hardware's alarm is armed while anything waits for it, and for no later than the first of them. */
static void audit_alarms(void)
{
	uint32_t now = (uint32_t)machine_alarm.now;
	uint64_t left = 0;
	bool any = false;

	CHECK((on.alarm.count != 0) == on.driver_alarm.armed);
	if (machine_alarm.is_armed && machine_alarm.moment > machine_alarm.now) {
		left = machine_alarm.moment - machine_alarm.now;
	}
	CHECK(left <= ALARM_SLEEP_MAX);
	FOR_EACH(struct virtual_alarm, alarm, on.alarm_mux.alarms) {
		any = any || alarm->armed;
		CHECK(!alarm->armed || left <= alarm_ticks_left(alarm->since, alarm->left, now));
	}
	CHECK(any == machine_alarm.is_armed);
	GRANT_EACH(alarm_grant, app, &on.alarm.grant) {
		uint32_t own = alarm_ticks_left(app.state->since, app.state->left, now);

		CHECK(!app.state->armed || on.alarm.count != 0);
		CHECK(!app.state->armed || left <= own);
	}
}

static void audit_debug(void)
{
	CHECK(is_away(&on.debug.line.buffer) !=
	      (on.debug_port.transmit_state == VIRTUAL_UART_IDLE));
	GRANT_EACH(low_level_debug_grant, app, &on.debug.grant) {
		CHECK(app.state->count <= LOW_LEVEL_DEBUG_QUEUE);
		CHECK(app.state->first < LOW_LEVEL_DEBUG_QUEUE);
		/* Who has something to say is being heard. */
		CHECK((app.state->count == 0 && app.state->dropped == 0) ||
		      is_away(&on.debug.line.buffer));
	}
}

/* Whoever has faulted is being reported, or waits for it, or was settled and stays as it is. */
static void audit_reporter(void)
{
	const struct process_reporter *self = &on.reporter;
	bool is_reporting = !process_id_equal(self->reported, PROCESS_ID_NONE);

	CHECK(is_away(&self->line.buffer) != (on.report_port.transmit_state == VIRTUAL_UART_IDLE));
	CHECK(is_reporting == is_away(&self->line.buffer));
	for (uint32_t i = 0; i < ARRAY_LENGTH(self->waiting); i++) {
		CHECK(is_reporting || self->waiting[i] == 0);
	}
}

/* What is to be told is being told; who can take a byte receives. */
static void audit_log_and_shell(void)
{
	CHECK(is_away(&on.log.line.buffer) != (on.log_port.transmit_state == VIRTUAL_UART_IDLE));
	CHECK((on.log.count == 0 && on.log.lost == 0) || is_away(&on.log.line.buffer));
	CHECK(on.log.count <= DEBUG_LOG_MESSAGES);
	CHECK(is_away(&on.shell.line.buffer) !=
	      (on.shell_port.transmit_state == VIRTUAL_UART_IDLE));
	CHECK(is_away(&on.shell.receive) != (on.shell_port.receive_state == VIRTUAL_UART_IDLE));
	CHECK(on.shell.typed_count <= sizeof(on.shell_typed_bytes));
	CHECK(on.shell.typed_count == 0 || is_away(&on.shell.line.buffer) || on.has_refused);
}

/* Who wants to hear of a pin is listened for; who waits for a measurement is measured for. */
static void audit_sensors(void)
{
	GRANT_EACH(button_grant, app, &on.button.grant) {
		for (uint32_t i = 0; i < MACHINE_INPUTS; i++) {
			CHECK((app.state->wanted >> i & 1) == 0 ||
			      machine_inputs.inputs[i].is_watched);
		}
		CHECK(app.state->wanted >> MACHINE_INPUTS == 0);
	}
	CHECK(is_away(&on.lm75.buffer) != is_away(&machine_i2c.buffer));
	GRANT_EACH(temperature_grant, app, &on.temperature.grant) {
		CHECK(!app.state->is_waiting || is_away(&on.lm75.buffer));
	}
}

void machine_audit_capsules(void)
{
	on.has_refused = on.has_refused || machine_uart.refusals != 0;
	audit_log_and_shell();
	audit_serial();
	audit_console();
	audit_alarms();
	audit_debug();
	audit_reporter();
	audit_sensors();
}

bool machine_shell_acts(void)
{
	return on.shell.command != COMMAND_NONE || on.shell.typed_count > 0 ||
	       machine_uart.arriving_length > 0;
}

void machine_audit_rest(void)
{
	CHECK(buffer_is_empty(&machine_uart.transmit_buffer));
	CHECK(!is_away(&on.console.write_buffer));
	CHECK(!is_away(&on.debug.line.buffer));
	CHECK(!is_away(&on.reporter.line.buffer));
	CHECK(!is_away(&on.log.line.buffer));
	CHECK(!is_away(&on.shell.line.buffer));
	CHECK(!is_away(&on.uart_mux.line_break));
	CHECK(!is_away(&on.lm75.buffer));
	CHECK(!machine_alarm.is_armed);
	GRANT_EACH(console_grant, app, &on.console.grant) {
		CHECK(!app.state->writing);
	}
	GRANT_EACH(alarm_grant, app, &on.alarm.grant) {
		CHECK(!app.state->armed);
	}
	for (uint32_t i = 0; i < MACHINE_SLOTS; i++) {
		const struct process *process = machine.processes[i];

		CHECK(process == NULL || process->state != PROCESS_FAULTED ||
		      process_settlement(process->id) == FAULT_ACTION_STOP);
	}
}
