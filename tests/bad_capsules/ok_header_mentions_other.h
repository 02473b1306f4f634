#pragma once

#include <stdint.h>

struct bad_stranger {
	uint32_t x;
};
