#pragma once

/* The trap of RV32: `ecall` with the class in a4, arguments and results in a0 to a3. Included by
 * system_call.h only. */

/* A system call that runs no upcall: every register that is not a result is kept. */
static inline __attribute__((always_inline)) struct system_call_return
trap(const uint32_t number, uint32_t argument0, uint32_t argument1, uint32_t argument2,
     uint32_t argument3)
{
	register uint32_t a0 __asm__("a0") = argument0;
	register uint32_t a1 __asm__("a1") = argument1;
	register uint32_t a2 __asm__("a2") = argument2;
	register uint32_t a3 __asm__("a3") = argument3;
	register uint32_t a4 __asm__("a4") = number;

	__asm__ volatile("ecall" : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3) : "r"(a4) : "memory");
	return (struct system_call_return){a0, a1, a2, a3};
}

/* A yield, to the compiler, is a call: the upcall may leave anything in what a callee may use. */
static inline void trap_yield(enum yield_variant variant, uint32_t flag)
{
	register uint32_t a0 __asm__("a0") = variant;
	register uint32_t a1 __asm__("a1") = flag;
	register uint32_t a4 __asm__("a4") = CLASS_YIELD;

	__asm__ volatile("ecall"
			 : "+r"(a0), "+r"(a1), "+r"(a4)
			 :
			 : "a2", "a3", "a5", "a6", "a7", "ra", "t0", "t1", "t2", "t3", "t4", "t5",
			   "t6", "memory");
}
