#pragma once

#include <stdint.h>

enum {
	BAD_LENGTH = 100
};

struct bad_entry {
	uint32_t value;
};
