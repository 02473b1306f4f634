/* What can happen to the machine: each step is one entry of the kernel, as an arch makes it, with the
 * guard before and all checks behind. */

#include "machine.h"

#include <string.h>

enum {
	FINISH_STEPS = 4000,
	DEFERRED_MAX = 16
};

_Noreturn void machine_fail(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: not so: %s\n%s\n", file, line, what, machine.panic);
	abort();
}

static void go_on(void)
{
	/* A deferred call that was set again comes with the next entry: here at once, as if an interrupt
	 * had come for nothing. */
	for (uint32_t i = 0; i == 0 || kernel.deferred_first != NULL; i++) {
		CHECK(i < DEFERRED_MAX);
		if (kernel_attention != 0) {
			const struct context *context = kernel_next();

			CHECK(context == (RUNNING == NULL ? NULL : &RUNNING->context));
		}
	}
}

static void check_all(void)
{
	machine_memory_check();
	machine_upcalls_check();
	machine_audit();
}

/* Whoever is reported may begin anew when its report is out, who has ended may be booted by somebody at the
 * console, who lives may be made to fault there; and whoever waits may be given a buffer of another, which takes
 * memory: any entry can bring that about. */
static void guard(void)
{
	machine_memory_guard();
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		if (machine.processes[i]->state == PROCESS_FAULTED || machine_shell_acts()) {
			machine_memory_may_restart(machine.processes[i]);
		}
		machine_memory_may_take(machine.processes[i]);
	}
}

/* --- System calls --- */

/* The hardware, or the first instructions of entry.S, find the stack unfit. */
static bool can_call(const struct process *process)
{
	uint32_t stack = context_stack_pointer(&process->context);

	for (uint32_t i = 0; i < host_frame_bytes(); i += 4) {
		if (host_access(stack + i) != HOST_ACCESS_READ_WRITE) {
			return false;
		}
	}
	return host_can_call(&process->context);
}

/* Hands over the arguments, where they are memory as the process's own doing. */
static void arguments_put(struct process *process, const uint32_t registers[4])
{
	uint8_t bytes[16];
	uint32_t stack = context_stack_pointer(&process->context);

	memcpy(bytes, registers, sizeof(bytes));
	if (host_frame_bytes() == 0) {
		memcpy(context_arguments(&process->context), bytes, sizeof(bytes));
		return;
	}
	for (uint32_t i = 0; i < sizeof(bytes); i++) {
		machine_memory_store(stack + i, bytes[i]);
	}
}

static void may_move_break(const struct process *process, uint32_t app_break)
{
	if (app_break > process->app_break && app_break <= process->kernel_break) {
		uint32_t reach = protection_reach(&process->protection, app_break);

		if (reach <= process->kernel_break) {
			machine_memory_may_write(process->app_break, reach - process->app_break);
		}
	}
}

static void may_restart_all(void)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		machine_memory_may_restart(machine.processes[i]);
	}
}

/* What this call may touch beyond what any entry may. */
static void guard_call(const struct process *process, uint32_t class, const uint32_t registers[4])
{
	guard();
	switch (class) {
	case YIELD:
		if (registers[0] == 0 && memory_is_writeable(process, registers[1], 1)) {
			machine_memory_may_write(registers[1], 1);
		}
		break;
	case MEMOP:
		may_move_break(process,
			       registers[1] + (registers[0] == 1 ? process->app_break : 0));
		break;
	default:
		break;
	}
	/* The driver may fill it before the process goes on. */
	if (class == ALLOW_USER_READABLE &&
	    memory_is_writeable(process, registers[2], registers[3])) {
		machine_memory_may_write(registers[2], registers[3]);
	}
	if (class == COMMAND && registers[0] == GOVERNOR) {
		may_restart_all();
	}
	if (class >= EXIT || (class == YIELD && registers[0] > 2)) { /* an end, or a fault */
		machine_memory_may_restart(process);
	}
}

void machine_call(uint32_t class, const uint32_t registers[4])
{
	struct process *process = RUNNING;

	if (!can_call(process)) {
		machine_fault(FAULT_STACK);
		return;
	}
	arguments_put(process, registers);
	guard_call(process, class, registers);
	machine_upcalls_before_call(class, registers);
	kernel_system_call(class, &process->context);
	if (class == SUBSCRIBE && context_arguments(&process->context)[0] == RETURN_SUCCESS_2_U32) {
		machine_upcalls_after_subscribe(process, registers);
	}
	go_on();
	check_all();
}

void machine_access(uint32_t address, bool store, uint8_t byte)
{
	enum host_access access = host_access(address);

	if (access == HOST_ACCESS_NONE || (store && access != HOST_ACCESS_READ_WRITE)) {
		machine_fault(store ? FAULT_WRITE : FAULT_READ);
	} else if (store) {
		machine_memory_store(address, byte);
	}
}

/* --- The rest --- */

void machine_fault(enum fault_cause cause)
{
	guard();
	machine_memory_may_restart(RUNNING);
	kernel_fault(&(struct fault){.cause = cause, .address_valid = true, .address = 0x1234});
	go_on();
	check_all();
}

void machine_slice_expires(void)
{
	if (!machine.slice_runs) {
		return;
	}
	machine.slice_runs = false;
	guard();
	kernel_slice_expired();
	go_on();
	check_all();
}

void machine_interrupt(enum machine_line line)
{
	guard();
	kernel_interrupt(line);
	go_on();
	check_all();
}

void machine_control(uint32_t command, struct process_id id)
{
	guard();
	may_restart_all();
	machine_govern(command, id);
	go_on();
	check_all();
}

/* --- The end --- */

static bool is_at_rest(void)
{
	return RUNNING == NULL && !machine_alarm.is_armed &&
	       buffer_is_empty(&machine_uart.transmit_buffer) &&
	       buffer_is_empty(&machine_i2c.buffer);
}

/* Processes only sleep, the port sends, the bus answers, and time passes. */
static void rest_step(void)
{
	static const uint32_t wait[4] = {1};

	if (RUNNING != NULL) {
		machine_call(YIELD, wait);
	} else if (!buffer_is_empty(&machine_uart.transmit_buffer)) {
		machine_uart.status = ERROR_NONE;
		machine_interrupt(LINE_UART);
	} else if (!buffer_is_empty(&machine_i2c.buffer)) {
		machine_interrupt(LINE_I2C);
	} else {
		if (machine_alarm.now < machine_alarm.moment) {
			machine_alarm.now = machine_alarm.moment;
		}
		machine_interrupt(LINE_ALARM);
	}
}

void machine_finish(void)
{
	machine_uart.refuse = ERROR_NONE;
	machine_i2c.refuse = ERROR_NONE;
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		machine_control(GOVERNOR_RESUME, machine.processes[i]->id);
	}
	for (uint32_t i = 0; i < FINISH_STEPS && !is_at_rest(); i++) {
		rest_step();
	}
	CHECK(is_at_rest());
	machine_audit_rest();
	machine_memory_end();
}
