#include "../../bench/rv32/path.inc"

	path	exit_restart, 6

	/* Writes to address 0, which no application may. */
	.global	bench_fault, bench_fault_trap
	.type	bench_fault, @function
bench_fault:
	li	a0, 0
bench_fault_trap:
	sw	a0, 0(a0)
	ret
