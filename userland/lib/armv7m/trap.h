#pragma once

/* The trap of ARMv7-M: `svc class`, arguments and results in r0 to r3. Included by system_call.h
 * only. The class is part of the instruction, so it must be a constant where this is inlined. */

/* A system call that runs no upcall: every register that is not a result is kept. */
static inline __attribute__((always_inline)) struct system_call_return
trap(const uint32_t number, uint32_t argument0, uint32_t argument1, uint32_t argument2,
     uint32_t argument3)
{
	register uint32_t r0 __asm__("r0") = argument0;
	register uint32_t r1 __asm__("r1") = argument1;
	register uint32_t r2 __asm__("r2") = argument2;
	register uint32_t r3 __asm__("r3") = argument3;

	__asm__ volatile("svc %[number]"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
			 : [number] "i"(number)
			 : "memory");
	return (struct system_call_return){r0, r1, r2, r3};
}

/* A yield, to the compiler, is a call: the upcall may leave anything in what a callee may use. */
static inline void trap_yield(enum yield_variant variant, uint32_t flag)
{
	register uint32_t r0 __asm__("r0") = variant;
	register uint32_t r1 __asm__("r1") = flag;

	__asm__ volatile("svc %[number]"
			 : "+r"(r0), "+r"(r1)
			 : [number] "i"(CLASS_YIELD)
			 : "r2", "r3", "r12", "lr", "cc", "memory");
}
