#include "../../bench/rv32/path.inc"

	path	preemption, 0
	path	process_switch, 0

	upcall_function bench_upcall_function
