#pragma once

#include <system_call.h>

/* One system call each, with registers 0 to 3 from `arguments`. In each, label bench_<path>_trap is
 * on the trap instruction and bench_<path>_return on the one after it; the tool that counts looks
 * for them in the ELF file. */
void bench_command_present(const uint32_t arguments[4]);
void bench_alarm_now(const uint32_t arguments[4]);
void bench_command_absent(const uint32_t arguments[4]);
void bench_memop(const uint32_t arguments[4]);
void bench_subscribe(const uint32_t arguments[4]);
void bench_allow_rw(const uint32_t arguments[4]);
void bench_allow_ro(const uint32_t arguments[4]);
void bench_yield_no_wait(const uint32_t arguments[4]);
void bench_alarm_set(const uint32_t arguments[4]);

/* A yield-wait; the upcall that ends it is bench_upcall_function. */
void bench_upcall_from_sleep(const uint32_t arguments[4]);

/* Does nothing. */
upcall_function bench_upcall_function;
