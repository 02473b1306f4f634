/* See paths.h. */

	.section .text.bench, "ax", @progbits

	.macro	path name, class
	.global	bench_\name, bench_\name\()_trap, bench_\name\()_return
	.type	bench_\name, @function
bench_\name:
	addi	sp, sp, -16
	sw	ra, 12(sp)		/* an upcall takes ra */
	lw	a1, 4(a0)
	lw	a2, 8(a0)
	lw	a3, 12(a0)
	lw	a0, 0(a0)
	li	a4, \class
bench_\name\()_trap:
	ecall
bench_\name\()_return:
	lw	ra, 12(sp)
	addi	sp, sp, 16
	ret
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
	.type	bench_upcall_function, @function
bench_upcall_function:
	ret
