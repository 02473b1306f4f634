#pragma once

#include <system_call.h>

/* One system call each, with registers 0 to 3 from `arguments`. In each, label bench_<path>_trap is
 * on the trap instruction and bench_<path>_return on the one after it; the tool that counts looks
 * for them in the ELF file. */
typedef void bench_path(const uint32_t arguments[4]);

bench_path bench_command_present;
bench_path bench_alarm_now;
bench_path bench_command_absent;
bench_path bench_memop;
bench_path bench_subscribe;
bench_path bench_allow_rw;
bench_path bench_allow_ro;
bench_path bench_yield_no_wait;
bench_path bench_alarm_set;
bench_path bench_console_write_1;
bench_path bench_console_write_64;

/* A yield-wait; the upcall that ends it is bench_upcall_function. */
bench_path bench_upcall_from_sleep;

/* Of bench_client and bench_service. */
bench_path bench_ipc_notify;
bench_path bench_ipc_answer;

/* Of bench_switch: a yield-wait each. */
bench_path bench_preemption;
bench_path bench_process_switch;

/* Of bench_restart. The fault is at label bench_fault_trap. */
bench_path bench_exit_restart;
void bench_fault(void);

/* Do nothing. */
upcall_function bench_upcall_function;
upcall_function bench_answered;

static inline void bench_call(bench_path *path, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	const uint32_t arguments[4] = {a, b, c, d};

	path(arguments);
}
