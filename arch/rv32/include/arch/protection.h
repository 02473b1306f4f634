#pragma once

#include <stdint.h>

/* Four PMP address registers: flash [0], [1] and RAM [2], [3], each pair the start and end of a TOR
 * range, as written (address >> 2; RISC-V Privileged ISA 1.12, 3.7.1). */
struct protection {
	uint32_t addresses[4];
};

/* One buffer of another process, as such a pair; both 0: none. */
struct protection_share {
	uint32_t start;
	uint32_t end;
};

/* Entries 4 to 13; a part must have 16. */
enum {
	PROTECTION_SHARES = 5
};
