/* The smallest kernel for this machine that has a console, alarms, low-level debug, the process console,
 * IPC and fault reports. What is left out, and what is said instead, is in board.mk. */

#include <arch/interrupt_controller.h>
#include <boards/credentials.h>
#include <capsules/alarm.h>
#include <capsules/console.h>
#include <capsules/fault_rules.h>
#include <capsules/ipc.h>
#include <capsules/low_level_debug.h>
#include <capsules/panic_report.h>
#include <capsules/permission_filter.h>
#include <capsules/process_console.h>
#include <capsules/process_reporter.h>
#include <capsules/virtual_alarm.h>
#include <capsules/virtual_uart.h>
#include <chips/qemu_virt/clint.h>
#include <chips/qemu_virt/map.h>
#include <chips/qemu_virt/test_device.h>
#include <chips/qemu_virt/uart16550.h>
#include <kernel/board.h>
#include <kernel/process_slots.h>

/* The peripherals, each named once. */
#define CLINT         ((struct qemu_virt_clint_registers *)QEMU_VIRT_CLINT_ADDRESS)
#define CLINT_COUNTER ((struct qemu_virt_clint_counter_registers *)QEMU_VIRT_CLINT_COUNTER_ADDRESS)
#define TEST          ((struct qemu_virt_test_registers *)QEMU_VIRT_TEST_ADDRESS)
#define UART          ((struct qemu_virt_uart16550_registers *)QEMU_VIRT_UART_ADDRESS)

enum {
	UART_CLOCK_HZ = 3686400
};

/* For every application. */
static const struct fault_rule fault_rule = {.restarts = 7, .after = FAULT_ACTION_STOP};

/* Chip drivers. */
static struct qemu_virt_uart16550 uart;
static struct qemu_virt_clint clint;
static struct qemu_virt_test_device test_device;

/* Capsules. */
static struct virtual_uart_mux uart_mux;
static struct virtual_uart console_port, debug_port, report_port, shell_port;
static struct virtual_alarm_mux alarm_mux;
static struct virtual_alarm driver_alarm, shell_alarm;
static struct alarm_driver alarm_driver;
static struct console console;
static struct fault_rules fault_rules;
static struct ipc ipc;
static struct low_level_debug low_level_debug;
static struct process_reporter reporter;
static struct panic_report panic_report;
static struct process_console process_console;
static struct permission_filter permission_filter;

static uint8_t receive_bytes[1], console_write_bytes[64], console_read_bytes[64];
static uint8_t debug_bytes[80], report_bytes[PROCESS_REPORTER_LINE];
static uint8_t panic_bytes[PANIC_REPORT_LINE], line_break_bytes[2];
static uint8_t shell_bytes[PROCESS_CONSOLE_LINE], shell_receive_bytes[1], shell_typed_bytes[32];
static uint8_t shell_row_bytes[LINE_EDITOR_ROW];

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
    [0x0] = &alarm_driver.driver,
    [0x1] = &console.driver,
    [0x8] = &low_level_debug.driver,
};
static struct driver *const kernel_drivers[] = {
    [0x0] = &ipc.driver,
};
static const struct driver_group driver_groups[] = {
    [0x0] = DRIVER_GROUP(basic_drivers),
    [0x1] = DRIVER_GROUP(kernel_drivers),
};

/* Line 0 is the machine timer; the others are those of the PLIC. */
static struct interrupt_handler *const interrupts[] = {
    [0] = &clint.interrupt,
    [QEMU_VIRT_UART_LINE] = &uart.interrupt,
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
    .slice_timer = &clint.slice_timer,
    .clock = &clint.clock,
    .observer = &reporter.observer,
    .panic_writer = &uart.panic_writer,
    .panic_reporter = &panic_report.reporter,
    .system_call_filter = &permission_filter.filter,
    .fault_policy = &fault_rules.fault_policy,
};

static void chips_init(void)
{
	qemu_virt_uart16550_init(&uart, UART, UART_CLOCK_HZ);
	qemu_virt_clint_init(&clint, CLINT, CLINT_COUNTER);
	qemu_virt_test_device_init(&test_device, TEST);
}

static void serial_init(void)
{
	struct buffer receive = BUFFER_OVER(receive_bytes);
	struct buffer console_write = BUFFER_OVER(console_write_bytes);
	struct buffer console_read = BUFFER_OVER(console_read_bytes);
	struct buffer debug_line = BUFFER_OVER(debug_bytes);
	struct buffer report_line = BUFFER_OVER(report_bytes);
	struct buffer panic_line = BUFFER_OVER(panic_bytes);
	struct buffer line_break = BUFFER_OVER(line_break_bytes);

	virtual_uart_mux_init(&uart_mux, &uart.uart, &receive);
	virtual_uart_init(&console_port, &uart_mux);
	virtual_uart_init(&debug_port, &uart_mux);
	virtual_uart_init(&report_port, &uart_mux);
	virtual_uart_init(&shell_port, &uart_mux);
	virtual_uart_begin_lines(&console_port, &line_break);
	virtual_uart_begin_lines(&debug_port, &line_break);
	console_init(&console, &console_port.uart, &console_write, &console_read, NULL);
	low_level_debug_init(&low_level_debug, &debug_port.uart, &debug_line);
	process_reporter_init(&reporter, &report_port.uart, &uart.panic_writer, &report_line,
			      &kernel_memory);
	process_reporter_trust(&reporter, &inspect_capability, &control_capability);
	panic_report_init(&panic_report, &uart.panic_writer, &panic_line, &kernel_memory,
			  &inspect_capability, NULL);
}

static void alarms_init(void)
{
	virtual_alarm_mux_init(&alarm_mux, &clint.alarm);
	virtual_alarm_init(&driver_alarm, &alarm_mux);
	virtual_alarm_init(&shell_alarm, &alarm_mux);
	alarm_driver_init(&alarm_driver, &driver_alarm.alarm);
}

static void process_console_start(void)
{
	struct process_console_buffers buffers = {
	    .line = BUFFER_OVER(shell_bytes),
	    .history = BUFFER_OVER(shell_row_bytes),
	    .typed = BUFFER_OVER(shell_typed_bytes),
	    .receive = BUFFER_OVER(shell_receive_bytes),
	};

	process_console_init(&process_console, &shell_port.uart, &shell_alarm.alarm, &buffers, NULL,
			     &test_device.system_reset);
	process_console_trust(&process_console, &kernel_memory, SPAN_OF_TEXT(KERNEL_BUILD),
			      &inspect_capability, &control_capability);
}

int main(void)
{
	chips_init();
	serial_init();
	alarms_init();
	ipc_init(&ipc, &inspect_capability, &share_capability);
	process_console_start();
	fault_rules_init(&fault_rules, &fault_rule);
	rv32_plic_init(QEMU_VIRT_PLIC_ADDRESS);
	rv32_plic_enable(QEMU_VIRT_UART_LINE);
	permission_filter_init(&permission_filter);
	credentials_init();
	kernel_start(&board);
}
