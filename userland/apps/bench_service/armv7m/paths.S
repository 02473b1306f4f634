#include "../../bench/armv7m/path.inc"

	path	ipc_answer, 2
