/* See paths.h. */

	.syntax unified
	.cpu	cortex-m3
	.thumb
	.section .text.bench, "ax", %progbits

	.macro	path name, class
	.global	bench_\name, bench_\name\()_trap, bench_\name\()_return
	.type	bench_\name, %function
	.thumb_func
bench_\name:
	push	{r4, lr}		/* an upcall takes lr; r4 for the alignment */
	ldm	r0, {r0-r3}
bench_\name\()_trap:
	svc	#\class
bench_\name\()_return:
	pop	{r4, pc}
	.endm

	path	command_present, 2
	path	alarm_now, 2
	path	command_absent, 2
	path	memop, 5
	path	subscribe, 1
	path	allow_rw, 3
	path	allow_ro, 4
	path	yield_no_wait, 0
	path	alarm_set, 2
	path	upcall_from_sleep, 0

	.global	bench_upcall_function
	.type	bench_upcall_function, %function
	.thumb_func
bench_upcall_function:
	bx	lr
