#pragma once

#include <stdint.h>

/* Four PMP address registers: flash [0], [1] and RAM [2], [3], each pair the start and end of a TOR
 * range, as written (address >> 2; RISC-V Privileged ISA 1.12, 3.7.1). */
struct protection {
	uint32_t addresses[4];
};
