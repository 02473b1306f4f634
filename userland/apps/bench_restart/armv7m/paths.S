#include "../../bench/armv7m/path.inc"

	path	exit_restart, 6

	/* Writes to address 0, which no application may. */
	.global	bench_fault, bench_fault_trap
	.type	bench_fault, %function
	.thumb_func
bench_fault:
	movs	r0, #0
bench_fault_trap:
	str	r0, [r0]
	bx	lr
