#pragma once

#include "../unit/kernel/fixture.h"

/* Flash contents that nobody vouches for, through the loader. */

enum {
	FLASH_BYTES_MAX = 0x8000
};

/* Puts `length` bytes at the very end of the simulated flash, so that the next byte is inaccessible,
 * and starts the kernel with a board that has this flash and RAM in steps of `granule`. Fails unless:
 *
 *   - the kernel comes up, with the invariant of every process holding and their blocks apart;
 *   - entries were told in the order of their addresses, all inside the flash;
 *   - the name of each entry can be read; the writeable regions of each process lie in its program;
 *   - the lists of its permissions and of those for storage are whole, and lie in its header;
 *   - no two processes have one short id.
 *
 * The checker reads for credentials of format 3, and takes those whose data begins with 'g'.
 *
 * Returns the address of the first byte. The fixture is set up before; the caller tears it down. */
uint32_t flash_load(const uint8_t *bytes, uint32_t length, uint32_t granule);

/* What was told of the entry at this offset; NULL: nothing, or only after the first FIXTURE_LOADS. */
const struct load_result *flash_told(uint32_t first, uint32_t offset);
