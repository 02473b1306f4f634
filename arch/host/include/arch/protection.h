#pragma once

#include <stdint.h>

/* What a process may access, as ranges [start, end). */
struct protection {
	uint32_t flash_start;
	uint32_t flash_end;
	uint32_t ram_start;
	uint32_t ram_end;
	uint32_t granule; /* bytes; a power of two */
};

/* A buffer of another process. */
struct protection_share {
	uint32_t start;
	uint32_t end;
};

enum {
	PROTECTION_SHARES = 2 /* few, so that tests meet the end */
};
