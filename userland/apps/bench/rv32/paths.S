#include "path.inc"

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
	path	console_write_1, 2
	path	console_write_64, 2

	upcall_function bench_upcall_function
