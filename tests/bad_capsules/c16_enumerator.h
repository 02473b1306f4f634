#pragma once

#include <stdint.h>

struct bad_table {
	uint32_t entries[BAD_LENGTH]; /* as long as whoever includes this says */
};
