#pragma once

#include <system_call.h>

/* Things that no compiler emits, for the applications that attack or probe: ARMv7-M. */

#define RETURN_INSTRUCTION 0x47704770u /* bx lr, twice */

/* The address to call for code that lies at `address`. */
static inline uint32_t code_address(uint32_t address)
{
	return address | 1;
}

static inline uint32_t stack_pointer(void)
{
	uint32_t sp;

	__asm__ volatile("mov %0, sp" : "=r"(sp));
	return sp;
}

static inline void instruction_undefined(void)
{
	__asm__ volatile("udf #0");
}

static inline void instruction_breakpoint(void)
{
	__asm__ volatile("bkpt #0");
}

/* Asks a debugger or emulator to exit. */
static inline void instruction_semihosting(void)
{
	__asm__ volatile("mov r0, #0x18\n\t"
			 "movw r1, #0x0026\n\t"
			 "movt r1, #0x0002\n\t"
			 "bkpt #0xab"
			 :
			 :
			 : "r0", "r1", "memory");
}

static inline void instruction_float(void)
{
	__asm__ volatile(".inst.w 0xee000a10" ::: "memory"); /* vmov s0, r0 */
}

static inline uint32_t load_exclusive(uint32_t address)
{
	uint32_t value;

	__asm__ volatile("ldrex %0, [%1]" : "=r"(value) : "r"(address) : "memory");
	return value;
}

/* 0 when stored. */
static inline uint32_t store_exclusive(uint32_t address, uint32_t value)
{
	uint32_t failed;

	__asm__ volatile("strex %0, %2, [%1]"
			 : "=&r"(failed)
			 : "r"(address), "r"(value)
			 : "memory");
	return failed;
}

/* Command 0 of the console, made with sp anywhere. Returns register 0. */
static inline uint32_t trap_with_stack(uint32_t sp)
{
	register uint32_t r0 __asm__("r0") = DRIVER_CONSOLE;
	register uint32_t r1 __asm__("r1") = 0;

	__asm__ volatile("mov r8, sp\n\t"
			 "mov sp, %2\n\t"
			 "svc %3\n\t"
			 "mov sp, r8"
			 : "+r"(r0), "+r"(r1)
			 : "r"(sp), "i"(CLASS_COMMAND)
			 : "r2", "r3", "r8", "memory");
	return r0;
}

/* yield-wait, made with sp anywhere. */
static inline void yield_wait_with_stack(uint32_t sp)
{
	__asm__ volatile("mov r8, sp\n\t"
			 "mov sp, %0\n\t"
			 "movs r0, #1\n\t"
			 "svc #0\n\t"
			 "mov sp, r8"
			 :
			 : "r"(sp)
			 : "r0", "r1", "r2", "r3", "r8", "r12", "lr", "cc", "memory");
}

/* Counts to `turns` with sp anywhere: an interrupt will come meanwhile. */
static inline void spin_with_stack(uint32_t sp, uint32_t turns)
{
	__asm__ volatile("mov r8, sp\n\t"
			 "mov sp, %1\n"
			 "1:\n\t"
			 "subs %0, %0, #1\n\t"
			 "bne 1b\n\t"
			 "mov sp, r8"
			 : "+r"(turns)
			 : "r"(sp)
			 : "r8", "cc", "memory");
}

static inline void undefined_with_stack(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "udf #0"
			 :
			 : "r"(sp)
			 : "memory");
}

/* Faults of different kinds with sp anywhere. */
static inline void breakpoint_with_stack(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "bkpt #0"
			 :
			 : "r"(sp)
			 : "memory");
}

static inline void read_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "ldr r0, [%1]"
			 :
			 : "r"(sp), "r"(address)
			 : "r0", "memory");
}

static inline void jump_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "bx %1"
			 :
			 : "r"(sp), "r"(address)
			 : "memory");
}

static inline void exclusive_with_stack(uint32_t sp, uint32_t address)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "ldrex r0, [%1]"
			 :
			 : "r"(sp), "r"(address)
			 : "r0", "memory");
}

static inline void bad_call_with_stack(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\t"
			 "svc #8"
			 :
			 : "r"(sp)
			 : "memory");
}

#define ONE_DIVIDED_BY_ZERO 0u

static inline uint32_t divide(uint32_t dividend, uint32_t divisor)
{
	uint32_t quotient;

	__asm__ volatile("udiv %0, %1, %2" : "=r"(quotient) : "r"(dividend), "r"(divisor));
	return quotient;
}

/* Registers that a function keeps, as a mask of <registers.h>: r4 to r11. */
#define CALLEE_SAVED 0x0FF0u

/* Yields with the flag at byte `offset` of the frame that the hardware stacks for this call: 0 to
 * 15 r0 to r3, then r12, lr, pc and the status with the exception's number at 28. */
static inline void yield_no_wait_over_frame(uint32_t offset)
{
	__asm__ volatile("mov r8, sp\n\t"
			 "bic r9, r8, #7\n\t" /* else the hardware puts a word between */
			 "mov sp, r9\n\t"
			 "sub r9, r9, #32\n\t"
			 "add r1, r9, %0\n\t"
			 "movs r0, #0\n\t"
			 "svc #0\n\t"
			 "mov sp, r8"
			 :
			 : "r"(offset)
			 : "r0", "r1", "r2", "r3", "r9", "r8", "r12", "lr", "cc", "memory");
}
