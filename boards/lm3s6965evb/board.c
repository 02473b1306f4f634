/* Stellaris LM3S6965 Evaluation Board: Cortex-M3, 256 KiB flash, 64 KiB RAM. */

#include <arch/interrupt_controller.h>
#include <arch/systick.h>
#include <capsules/alarm.h>
#include <capsules/console.h>
#include <capsules/fault_rules.h>
#include <capsules/led.h>
#include <capsules/low_level_debug.h>
#include <capsules/process_reporter.h>
#include <capsules/read_only_state.h>
#include <capsules/virtual_alarm.h>
#include <capsules/virtual_uart.h>
#include <chips/lm3s/clock.h>
#include <chips/lm3s/gpio_pin.h>
#include <chips/lm3s/map.h>
#include <chips/lm3s/timer_alarm.h>
#include <chips/lm3s/uart.h>
#include <kernel/board.h>

/* The peripherals, each named once (LM3S6965 data sheet, "Memory Map"). */
#define SYSTEM_CONTROL ((struct lm3s_system_control_registers *)LM3S_SYSTEM_CONTROL_ADDRESS)
#define WATCHDOG       ((struct lm3s_watchdog_registers *)LM3S_WATCHDOG_ADDRESS)
#define TIMER0         ((struct lm3s_timer_registers *)LM3S_TIMER0_ADDRESS)
#define UART0          ((struct lm3s_uart_registers *)LM3S_UART0_ADDRESS)
#define GPIO_A         ((struct lm3s_gpio_registers *)LM3S_GPIO_A_ADDRESS)
#define GPIO_F         ((struct lm3s_gpio_registers *)LM3S_GPIO_F_ADDRESS)

enum {
	UART0_PINS = 0x03, /* PA0 receives, PA1 transmits */
	LED_PIN = 0,       /* PF0, lit when high */
};

enum {
	PROCESS_SLOTS = 8
};

/* For every application. */
static const struct fault_rule fault_rule = {.restarts = 7, .after = FAULT_ACTION_STOP};

/* Chip drivers. */
static struct lm3s_uart uart0;
static struct lm3s_timer_alarm timer;
static struct lm3s_gpio_pin led_pin;
static struct armv7m_systick systick;

/* Capsules. */
static struct virtual_uart_mux uart_mux;
static struct virtual_uart console_port, debug_port, report_port;
static struct virtual_alarm_mux alarm_mux;
static struct virtual_alarm driver_alarm;
static struct alarm_driver alarm_driver;
static struct console console;
static struct fault_rules fault_rules;
static struct led_driver led_driver;
static struct low_level_debug low_level_debug;
static struct process_reporter reporter;
static struct read_only_state read_only_state;

static struct gpio_pin *const leds[] = {&led_pin.gpio_pin};

static uint8_t receive_bytes[1], console_write_bytes[64], console_read_bytes[64];
static uint8_t debug_bytes[80], report_bytes[PROCESS_REPORTER_LINE];
static uint8_t state_bytes[READ_ONLY_STATE_BYTES];

/* layout.ld */
extern const uint8_t _kernel_flash_start[], _apps_start[], _apps_end[];
extern const uint8_t _kernel_ram_start[], _process_ram_start[], _process_ram_end[];

#define ADDRESS(symbol) ((uint32_t)(symbol))

static const struct process_inspect_capability inspect_capability;
static const struct process_control_capability control_capability;

/* What applications can call, by number. */
static struct driver *const basic_drivers[] = {
    [0x0] = &alarm_driver.driver,    [0x1] = &console.driver,         [0x2] = &led_driver.driver,
    [0x8] = &low_level_debug.driver, [0x9] = &read_only_state.driver,
};
static const struct driver_group driver_groups[] = {
    [0x0] = DRIVER_GROUP(basic_drivers),
};

static struct interrupt_handler *const interrupts[LM3S_LINE_COUNT] = {
    [LM3S_UART0_LINE] = &uart0.interrupt,
    [LM3S_WATCHDOG_LINE] = &timer.watchdog_interrupt,
    [LM3S_TIMER0A_LINE] = &timer.timer_interrupt,
};

static struct process *processes[PROCESS_SLOTS];

static const struct kernel_memory kernel_memory = {
    .flash_start = ADDRESS(_kernel_flash_start),
    .flash_end = ADDRESS(_apps_start),
    .ram_start = ADDRESS(_kernel_ram_start),
    .ram_end = ADDRESS(_process_ram_start),
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
    .fault_policy = &fault_rules.fault_policy,
};

static void chips_init(void)
{
	uint32_t clock_hz = lm3s_clock_init(SYSTEM_CONTROL);

	lm3s_clock_open_gates(SYSTEM_CONTROL, (struct lm3s_clock_gates_0){.watchdog = true},
			      (struct lm3s_clock_gates_1){.uart0 = true, .timer0 = true},
			      (struct lm3s_clock_gates_2){.gpio_a = true, .gpio_f = true});
	lm3s_gpio_pins_to_peripheral(GPIO_A, UART0_PINS);
	lm3s_uart_init(&uart0, UART0, clock_hz);
	lm3s_timer_alarm_init(&timer, TIMER0, WATCHDOG, clock_hz);
	lm3s_gpio_pin_init(&led_pin, GPIO_F, LED_PIN);
	armv7m_systick_init(&systick, clock_hz);
}

static void serial_init(void)
{
	struct buffer receive = BUFFER_OVER(receive_bytes);
	struct buffer console_write = BUFFER_OVER(console_write_bytes);
	struct buffer console_read = BUFFER_OVER(console_read_bytes);
	struct buffer debug_line = BUFFER_OVER(debug_bytes);
	struct buffer report_line = BUFFER_OVER(report_bytes);

	virtual_uart_mux_init(&uart_mux, &uart0.uart, &receive);
	virtual_uart_init(&console_port, &uart_mux);
	virtual_uart_init(&debug_port, &uart_mux);
	virtual_uart_init(&report_port, &uart_mux);
	console_init(&console, &console_port.uart, &console_write, &console_read);
	low_level_debug_init(&low_level_debug, &debug_port.uart, &debug_line);
	process_reporter_init(&reporter, &report_port.uart, &uart0.panic_writer, &report_line,
			      &kernel_memory, &inspect_capability, &control_capability);
}

static void alarms_init(void)
{
	virtual_alarm_mux_init(&alarm_mux, &timer.alarm);
	virtual_alarm_init(&driver_alarm, &alarm_mux);
	alarm_driver_init(&alarm_driver, &driver_alarm.alarm);
}

static void read_only_state_start(void)
{
	struct buffer state = BUFFER_OVER(state_bytes);

	read_only_state_init(&read_only_state, &timer.clock, &state);
}

int main(void)
{
	chips_init();
	serial_init();
	alarms_init();
	read_only_state_start();
	fault_rules_init(&fault_rules, &fault_rule);
	led_driver_init(&led_driver, GPIO_PINS_OVER(leds), true);
	armv7m_interrupt_enable(LM3S_UART0_LINE);
	armv7m_interrupt_enable(LM3S_WATCHDOG_LINE);
	armv7m_interrupt_enable(LM3S_TIMER0A_LINE);
	kernel_start(&board);
}
