#pragma once

#include <stdint.h>

/* Nothing: the PMP takes a process's addresses as they are, two for each range. */
struct protection {
};

/* One buffer of another process, the start and end of a TOR range as written (address >> 2; RISC-V
 * Privileged ISA 1.12, 3.7.1); both 0: none. */
struct protection_share {
	uint32_t start;
	uint32_t end;
};

/* Entries 4 to 13; a part must have 16. */
enum {
	PROTECTION_SHARES = 5
};
