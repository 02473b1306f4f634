/* Stellaris LM3S6965 Evaluation Board: Cortex-M3, 256 KiB flash, 64 KiB RAM. */

#include <arch/interrupt_controller.h>
#include <arch/system_reset.h>
#include <arch/systick.h>
#include <boards/credentials.h>
#include <capsules/alarm.h>
#include <capsules/button.h>
#include <capsules/console.h>
#include <capsules/debug_log.h>
#include <capsules/fault_rules.h>
#include <capsules/ipc.h>
#include <capsules/led.h>
#include <capsules/lm75.h>
#include <capsules/low_level_debug.h>
#include <capsules/panic_report.h>
#include <capsules/permission_filter.h>
#include <capsules/process_console.h>
#include <capsules/process_reporter.h>
#include <capsules/read_only_state.h>
#include <capsules/temperature.h>
#include <capsules/virtual_alarm.h>
#include <capsules/virtual_uart.h>
#include <chips/lm3s/clock.h>
#include <chips/lm3s/gpio_input.h>
#include <chips/lm3s/gpio_pin.h>
#include <chips/lm3s/i2c_master.h>
#include <chips/lm3s/map.h>
#include <chips/lm3s/timer_alarm.h>
#include <chips/lm3s/uart.h>
#include <kernel/board.h>
#include <kernel/process_slots.h>

/* The peripherals, each named once (LM3S6965 data sheet, "Memory Map"). */
#define SYSTEM_CONTROL ((struct lm3s_system_control_registers *)LM3S_SYSTEM_CONTROL_ADDRESS)
#define WATCHDOG       ((struct lm3s_watchdog_registers *)LM3S_WATCHDOG_ADDRESS)
#define TIMER0         ((struct lm3s_timer_registers *)LM3S_TIMER0_ADDRESS)
#define UART0          ((struct lm3s_uart_registers *)LM3S_UART0_ADDRESS)
#define I2C0           ((struct lm3s_i2c_registers *)LM3S_I2C0_ADDRESS)
#define GPIO_A         ((struct lm3s_gpio_registers *)LM3S_GPIO_A_ADDRESS)
#define GPIO_B         ((struct lm3s_gpio_registers *)LM3S_GPIO_B_ADDRESS)
#define GPIO_E         ((struct lm3s_gpio_registers *)LM3S_GPIO_E_ADDRESS)
#define GPIO_F         ((struct lm3s_gpio_registers *)LM3S_GPIO_F_ADDRESS)

enum {
	UART0_PINS = 0x03, /* PA0 receives, PA1 transmits */
	I2C0_PINS = 0x0C,  /* PB2 is the clock, PB3 the data */
	LED_PIN = 0,       /* PF0, lit when high */

	/* The buttons close to ground: PE0 to PE3, and PF1. */
	BUTTON_UP_PIN = 0,
	BUTTON_DOWN_PIN = 1,
	BUTTON_LEFT_PIN = 2,
	BUTTON_RIGHT_PIN = 3,
	BUTTON_SELECT_PIN = 1,
};

enum {
	HISTORY_LINES = 10, /* of the process console, with the one that is being typed */
};

/* For every application. */
static const struct fault_rule fault_rule = {.restarts = 7, .after = FAULT_ACTION_STOP};

/* Chip drivers. */
static struct lm3s_uart uart0;
static struct lm3s_timer_alarm timer;
static struct lm3s_i2c_master i2c0;
static struct lm3s_gpio_pin led_pin;
static struct lm3s_gpio_inputs port_e, port_f;
static struct lm3s_gpio_input button_up, button_down, button_left, button_right, button_select;
static struct armv7m_systick systick;
static struct armv7m_system_reset system_reset;

/* Capsules. */
static struct virtual_uart_mux uart_mux;
static struct virtual_uart console_port, debug_port, log_port, report_port, shell_port;
static struct debug_log_queue debug_log;
static struct virtual_alarm_mux alarm_mux;
static struct virtual_alarm driver_alarm, shell_alarm;
static struct alarm_driver alarm_driver;
static struct button_driver button_driver;
static struct console console;
static struct fault_rules fault_rules;
static struct ipc ipc;
static struct led_driver led_driver;
static struct lm75 lm75;
static struct low_level_debug low_level_debug;
static struct process_reporter reporter;
static struct panic_report panic_report;
static struct process_console process_console;
static struct read_only_state read_only_state;
static struct temperature_driver temperature_driver;
static struct permission_filter permission_filter;

static struct gpio_pin *const leds[] = {&led_pin.gpio_pin};
static struct gpio_input *const buttons[] = {
    &button_up.gpio_input,    &button_down.gpio_input,   &button_left.gpio_input,
    &button_right.gpio_input, &button_select.gpio_input,
};

static uint8_t receive_bytes[1], console_write_bytes[64], console_read_bytes[64];
static uint8_t debug_bytes[80], log_bytes[DEBUG_LOG_LINE], report_bytes[PROCESS_REPORTER_LINE];
static uint8_t panic_bytes[PANIC_REPORT_LINE], line_break_bytes[2];
static uint8_t shell_bytes[PROCESS_CONSOLE_LINE], shell_receive_bytes[1], shell_typed_bytes[32];
static uint8_t shell_history_bytes[HISTORY_LINES * LINE_EDITOR_ROW];
static uint8_t state_bytes[READ_ONLY_STATE_BYTES], lm75_bytes[LM75_BUFFER];

/* layout.ld */
extern const uint8_t _kernel_flash_start[], _kernel_code_end[], _kernel_constants_end[],
    _apps_start[], _apps_end[];
extern const uint8_t _kernel_ram_start[], _kernel_stack_end[], _data_end[], _bss_end[],
    _process_ram_start[], _process_ram_end[];

#define ADDRESS(symbol) ((uint32_t)(symbol))

static const struct process_inspect_capability inspect_capability;
static const struct process_control_capability control_capability;
static const struct process_share_capability share_capability;

/* What applications can call, by number. */
static struct driver *const basic_drivers[] = {
    [0x0] = &alarm_driver.driver,  [0x1] = &console.driver,         [0x2] = &led_driver.driver,
    [0x3] = &button_driver.driver, [0x8] = &low_level_debug.driver, [0x9] = &read_only_state.driver,
};
static struct driver *const kernel_drivers[] = {
    [0x0] = &ipc.driver,
};
static struct driver *const sensor_drivers[] = {
    [0x0] = &temperature_driver.driver,
};
static const struct driver_group driver_groups[] = {
    [0x0] = DRIVER_GROUP(basic_drivers),
    [0x1] = DRIVER_GROUP(kernel_drivers),
    [0x6] = DRIVER_GROUP(sensor_drivers),
};

static struct interrupt_handler *const interrupts[] = {
    [LM3S_GPIO_E_LINE] = &port_e.interrupt,       [LM3S_UART0_LINE] = &uart0.interrupt,
    [LM3S_I2C0_LINE] = &i2c0.interrupt,           [LM3S_WATCHDOG_LINE] = &timer.watchdog_interrupt,
    [LM3S_TIMER0A_LINE] = &timer.timer_interrupt, [LM3S_GPIO_F_LINE] = &port_f.interrupt,
};

static struct process *processes[PROCESS_SLOTS];

static const struct kernel_memory kernel_memory = {
    .flash_start = ADDRESS(_kernel_flash_start),
    .flash_end = ADDRESS(_apps_start),
    .code_end = ADDRESS(_kernel_code_end),
    .constants_end = ADDRESS(_kernel_constants_end),
    .ram_start = ADDRESS(_kernel_ram_start),
    .ram_end = ADDRESS(_process_ram_start),
    .stack_end = ADDRESS(_kernel_stack_end),
    .data_end = ADDRESS(_data_end),
    .bss_end = ADDRESS(_bss_end),
};

static const struct board board = {
    .driver_groups = driver_groups,
    .driver_group_count = ARRAY_LENGTH(driver_groups),
    .processes = processes,
    .process_slots = PROCESS_SLOTS,
    .flash_start = ADDRESS(_apps_start),
    .flash_end = ADDRESS(_apps_end),
    .ram_start = ADDRESS(_process_ram_start),
    .ram_end = ADDRESS(_process_ram_end),
    .interrupts = interrupts,
    .interrupt_count = ARRAY_LENGTH(interrupts),
    .slice_timer = &systick.slice_timer,
    .clock = &timer.clock,
    .observer = &reporter.observer,
    .resume_client = &read_only_state.client,
    .panic_writer = &uart0.panic_writer,
    .panic_reporter = &panic_report.reporter,
    .system_call_filter = &permission_filter.filter,
    .fault_policy = &fault_rules.fault_policy,
};

static void buttons_init(void)
{
	lm3s_gpio_inputs_init(&port_e, GPIO_E);
	lm3s_gpio_inputs_init(&port_f, GPIO_F);
	lm3s_gpio_input_init(&button_up, &port_e, BUTTON_UP_PIN);
	lm3s_gpio_input_init(&button_down, &port_e, BUTTON_DOWN_PIN);
	lm3s_gpio_input_init(&button_left, &port_e, BUTTON_LEFT_PIN);
	lm3s_gpio_input_init(&button_right, &port_e, BUTTON_RIGHT_PIN);
	lm3s_gpio_input_init(&button_select, &port_f, BUTTON_SELECT_PIN);
}

static void chips_init(void)
{
	uint32_t clock_hz = lm3s_clock_init(SYSTEM_CONTROL);

	lm3s_clock_open_gates(
	    SYSTEM_CONTROL, (struct lm3s_clock_gates_0){.watchdog = true},
	    (struct lm3s_clock_gates_1){.uart0 = true, .i2c0 = true, .timer0 = true},
	    (struct lm3s_clock_gates_2){
		.gpio_a = true, .gpio_b = true, .gpio_e = true, .gpio_f = true});
	lm3s_gpio_pins_to_peripheral(GPIO_A, UART0_PINS);
	lm3s_uart_init(&uart0, UART0, clock_hz);
	lm3s_timer_alarm_init(&timer, TIMER0, WATCHDOG, clock_hz);
	lm3s_gpio_pins_to_open_drain(GPIO_B, I2C0_PINS);
	lm3s_i2c_master_init(&i2c0, I2C0, clock_hz);
	lm3s_gpio_pin_init(&led_pin, GPIO_F, LED_PIN);
	buttons_init();
	armv7m_systick_init(&systick, clock_hz);
	armv7m_system_reset_init(&system_reset);
}

static void serial_init(void)
{
	struct buffer receive = BUFFER_OVER(receive_bytes);
	struct buffer console_write = BUFFER_OVER(console_write_bytes);
	struct buffer console_read = BUFFER_OVER(console_read_bytes);
	struct buffer debug_line = BUFFER_OVER(debug_bytes);
	struct buffer log_line = BUFFER_OVER(log_bytes);
	struct buffer report_line = BUFFER_OVER(report_bytes);
	struct buffer panic_line = BUFFER_OVER(panic_bytes);
	struct buffer line_break = BUFFER_OVER(line_break_bytes);

	virtual_uart_mux_init(&uart_mux, &uart0.uart, &receive);
	virtual_uart_init(&console_port, &uart_mux);
	virtual_uart_init(&debug_port, &uart_mux);
	virtual_uart_init(&log_port, &uart_mux);
	virtual_uart_init(&report_port, &uart_mux);
	virtual_uart_init(&shell_port, &uart_mux);
	virtual_uart_begin_lines(&console_port, &line_break);
	virtual_uart_begin_lines(&debug_port, &line_break);
	virtual_uart_begin_lines(&log_port, &line_break);
	debug_log_queue_init(&debug_log, &log_port.uart, &log_line);
	console_init(&console, &console_port.uart, &console_write, &console_read, &debug_log.log);
	low_level_debug_init(&low_level_debug, &debug_port.uart, &debug_line);
	process_reporter_init(&reporter, &report_port.uart, &uart0.panic_writer, &report_line,
			      &kernel_memory);
	process_reporter_trust(&reporter, &inspect_capability, &control_capability);
	panic_report_init(&panic_report, &uart0.panic_writer, &panic_line, &kernel_memory,
			  &inspect_capability, &debug_log);
}

static void alarms_init(void)
{
	virtual_alarm_mux_init(&alarm_mux, &timer.alarm);
	virtual_alarm_init(&driver_alarm, &alarm_mux);
	virtual_alarm_init(&shell_alarm, &alarm_mux);
	alarm_driver_init(&alarm_driver, &driver_alarm.alarm);
}

static void process_console_start(void)
{
	struct process_console_buffers buffers = {
	    .line = BUFFER_OVER(shell_bytes),
	    .history = BUFFER_OVER(shell_history_bytes),
	    .typed = BUFFER_OVER(shell_typed_bytes),
	    .receive = BUFFER_OVER(shell_receive_bytes),
	};

	process_console_init(&process_console, &shell_port.uart, &shell_alarm.alarm, &buffers,
			     &debug_log.log, &system_reset.system_reset);
	process_console_trust(&process_console, &kernel_memory, SPAN_OF_TEXT(KERNEL_BUILD),
			      &inspect_capability, &control_capability);
}

static void read_only_state_start(void)
{
	struct buffer state = BUFFER_OVER(state_bytes);

	read_only_state_init(&read_only_state, &timer.clock, &state);
}

/* A TMP105 on I2C0. */
static void temperature_start(void)
{
	struct buffer buffer = BUFFER_OVER(lm75_bytes);

	lm75_init(&lm75, &i2c0.i2c_master, LM75_ADDRESS, LM75_BITS_MAX, &buffer);
	temperature_driver_init(&temperature_driver, &lm75.sensor);
}

int main(void)
{
	chips_init();
	serial_init();
	alarms_init();
	ipc_init(&ipc, &inspect_capability, &share_capability);
	process_console_start();
	read_only_state_start();
	temperature_start();
	fault_rules_init(&fault_rules, &fault_rule);
	led_driver_init(&led_driver, GPIO_PINS_OVER(leds), true);
	button_driver_init(&button_driver, GPIO_INPUTS_OVER(buttons), GPIO_PULL_UP, false);
	armv7m_interrupt_enable(LM3S_GPIO_E_LINE);
	armv7m_interrupt_enable(LM3S_GPIO_F_LINE);
	armv7m_interrupt_enable(LM3S_UART0_LINE);
	armv7m_interrupt_enable(LM3S_I2C0_LINE);
	armv7m_interrupt_enable(LM3S_WATCHDOG_LINE);
	armv7m_interrupt_enable(LM3S_TIMER0A_LINE);
	permission_filter_init(&permission_filter);
	credentials_init();
	kernel_start(&board);
}
