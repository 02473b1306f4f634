#pragma once

#include <stdint.h>

/* The system calls that the program needs: classes 0 (yield), 1 (subscribe), 2 (command) and 4 (allow
 * read-only). Each returns the first register. */

static inline uint32_t system_call(uint32_t kind, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
#ifdef __riscv
	register uint32_t r0 __asm__("a0") = a;
	register uint32_t r1 __asm__("a1") = b;
	register uint32_t r2 __asm__("a2") = c;
	register uint32_t r3 __asm__("a3") = d;
	register uint32_t r4 __asm__("a4") = kind;

	__asm__ volatile("ecall"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3), "+r"(r4)
			 :
			 : "memory", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a5", "a6", "a7",
			   "ra");
#else
	register uint32_t r0 __asm__("r0") = a;
	register uint32_t r1 __asm__("r1") = b;
	register uint32_t r2 __asm__("r2") = c;
	register uint32_t r3 __asm__("r3") = d;

	switch (kind) {
	case 0:
		__asm__ volatile("svc 0"
				 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
				 :
				 : "memory", "r12", "lr");
		break;
	case 1:
		__asm__ volatile("svc 1" : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : : "memory");
		break;
	case 2:
		__asm__ volatile("svc 2" : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : : "memory");
		break;
	default:
		__asm__ volatile("svc 4" : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : : "memory");
		break;
	}
#endif
	return r0;
}
