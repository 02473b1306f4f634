#pragma once

#include <stdint.h>

/* Where the kernel itself lives, as its board knows. Each range is [start, end). */
struct kernel_memory {
	uint32_t flash_start,
	    flash_end; /* its flash: code, constants, initial values, then nothing */
	uint32_t code_end, constants_end;
	uint32_t ram_start,
	    ram_end; /* its RAM: stack, variables with a value, those without, nothing */
	uint32_t stack_end, data_end, bss_end;
};
