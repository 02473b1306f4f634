#include "../../bench/rv32/path.inc"

	path	ipc_answer, 2
