#pragma once

#include <stdint.h>

enum {
	PROTECTION_REGIONS = 3, /* flash, and two for RAM */
	PROTECTION_SHARES = 5,  /* the rest of the eight */
};

/* RBAR and RASR of one MPU region (ARMv7-M ARM, B3.5.8 and B3.5.9). */
struct mpu_region {
	uint32_t base;
	uint32_t attributes;
};

/* One buffer of another process: as above, but which region it is comes with its place. */
struct protection_share {
	struct mpu_region region;
};

struct protection {
	struct mpu_region regions[PROTECTION_REGIONS];
	uint32_t ram_base;    /* start of the first RAM region */
	uint8_t ram_first;    /* sub-regions before the process's RAM */
	uint8_t granule_log2; /* size of one RAM sub-region */
};
