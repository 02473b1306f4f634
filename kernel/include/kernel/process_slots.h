#pragma once

/* Slots in the process table, for arrays with an element for each of them: the board's board.mk says how many there
 * are, and kernel/kernel.mk puts it on the command line. process_slots() answers the same. */
enum {
	PROCESS_SLOTS = BOARD_PROCESS_SLOTS
};
_Static_assert(PROCESS_SLOTS >= 1 && PROCESS_SLOTS <= 255, "a slot's number has 8 bits");
