#include "../../bench/rv32/path.inc"

	path	ipc_notify, 2

	upcall_function bench_answered
	upcall_function bench_upcall_function
