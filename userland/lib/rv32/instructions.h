#pragma once

#include <system_call.h>

/* Things that no compiler emits, for the applications that attack or probe: RV32. */

#define RETURN_INSTRUCTION 0x00008067u /* ret */

/* The address to call for code that lies at `address`. */
static inline uint32_t code_address(uint32_t address)
{
	return address;
}

static inline uint32_t stack_pointer(void)
{
	uint32_t sp;

	__asm__ volatile("mv %0, sp" : "=r"(sp));
	return sp;
}

static inline void instruction_undefined(void)
{
	__asm__ volatile(".word 0");
}

static inline void instruction_breakpoint(void)
{
	__asm__ volatile("ebreak");
}

/* Asks a debugger or emulator to exit. The three instructions must not be compressed, nor lie on
 * two pages. */
static inline void instruction_semihosting(void)
{
	__asm__ volatile("li a0, 0x18\n\t"
			 "li a1, 0x20026\n\t"
			 ".option push\n\t"
			 ".option norvc\n\t"
			 ".balign 16\n\t"
			 "slli x0, x0, 0x1f\n\t"
			 "ebreak\n\t"
			 "srai x0, x0, 7\n\t"
			 ".option pop"
			 :
			 :
			 : "a0", "a1", "memory");
}

static inline void instruction_float(void)
{
	__asm__ volatile(".word 0xf0050053" ::: "memory"); /* fmv.w.x f0, a0 */
}

static inline uint32_t load_exclusive(uint32_t address)
{
	uint32_t value;

	__asm__ volatile("lr.w %0, (%1)" : "=r"(value) : "r"(address) : "memory");
	return value;
}

/* 0 when stored. */
static inline uint32_t store_exclusive(uint32_t address, uint32_t value)
{
	uint32_t failed;

	__asm__ volatile("sc.w %0, %2, (%1)" : "=&r"(failed) : "r"(address), "r"(value) : "memory");
	return failed;
}

/* Command 0 of the console, made with sp anywhere. Returns register 0. */
static inline uint32_t trap_with_stack(uint32_t sp)
{
	register uint32_t a0 __asm__("a0") = DRIVER_CONSOLE;
	register uint32_t a1 __asm__("a1") = 0;
	register uint32_t a4 __asm__("a4") = CLASS_COMMAND;

	__asm__ volatile("mv s1, sp\n\t"
			 "mv sp, %2\n\t"
			 "ecall\n\t"
			 "mv sp, s1"
			 : "+r"(a0), "+r"(a1)
			 : "r"(sp), "r"(a4)
			 : "a2", "a3", "s1", "memory");
	return a0;
}

/* yield-wait, made with sp anywhere. */
static inline void yield_wait_with_stack(uint32_t sp)
{
	__asm__ volatile("mv s1, sp\n\t"
			 "mv sp, %0\n\t"
			 "li a0, 1\n\t"
			 "li a4, 0\n\t"
			 "ecall\n\t"
			 "mv sp, s1"
			 :
			 : "r"(sp)
			 : "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a0", "a1", "a2", "a3",
			   "a4", "a5", "a6", "a7", "s1", "memory");
}

/* Counts to `turns` with sp anywhere: an interrupt will come meanwhile. */
static inline void spin_with_stack(uint32_t sp, uint32_t turns)
{
	__asm__ volatile("mv s1, sp\n\t"
			 "mv sp, %1\n"
			 "1:\n\t"
			 "addi %0, %0, -1\n\t"
			 "bnez %0, 1b\n\t"
			 "mv sp, s1"
			 : "+r"(turns)
			 : "r"(sp)
			 : "s1", "memory");
}

static inline void undefined_with_stack(uint32_t sp)
{
	__asm__ volatile("mv sp, %0\n\t"
			 ".word 0"
			 :
			 : "r"(sp)
			 : "memory");
}

/* Faults of different kinds with sp anywhere. */
static inline void breakpoint_with_stack(uint32_t sp)
{
	__asm__ volatile("mv sp, %0\n\t"
			 "ebreak"
			 :
			 : "r"(sp)
			 : "memory");
}

static inline void read_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mv sp, %0\n\t"
			 "lw a0, 0(%1)"
			 :
			 : "r"(sp), "r"(address)
			 : "a0", "memory");
}

static inline void jump_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mv sp, %0\n\t"
			 "jr %1"
			 :
			 : "r"(sp), "r"(address)
			 : "memory");
}

static inline void exclusive_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mv sp, %0\n\t"
			 "lr.w a0, (%1)"
			 :
			 : "r"(sp), "r"(address)
			 : "a0", "memory");
}

static inline void bad_call_with_stack(uint32_t sp)
{
	__asm__ volatile("mv sp, %0\n\t"
			 "li a4, 8\n\t"
			 "ecall"
			 :
			 : "r"(sp)
			 : "a4", "memory");
}

#define ONE_DIVIDED_BY_ZERO 0xFFFFFFFFu

static inline uint32_t divide(uint32_t dividend, uint32_t divisor)
{
	uint32_t quotient;

	__asm__ volatile("divu %0, %1, %2" : "=r"(quotient) : "r"(dividend), "r"(divisor));
	return quotient;
}

/* Registers that a function keeps, as a mask of <registers.h>: gp, tp, s0 to s11. */
#define CALLEE_SAVED 0x0FFC0318u
