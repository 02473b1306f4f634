#include "armv7m.h"
#include "mpu_plan.h"

enum {
	MPU_ENABLE = 1,
	MPU_DEFAULT_FOR_PRIVILEGED = 4, /* PRIVDEFENA: the kernel sees the default memory map */
};

void protection_apply(const struct protection *self, const uint32_t bounds[PROCESS_BOUNDS])
{
	(void)bounds;
	for (int i = 0; i < PROTECTION_REGIONS; i++) {
		MPU->region_base = self->regions[i].base;
		MPU->region_attributes = self->regions[i].attributes;
	}
	MPU->control = MPU_ENABLE | MPU_DEFAULT_FOR_PRIVILEGED;
	/* The exception return that follows is the instruction barrier (B1.5.6). */
	__asm__ volatile("dsb" ::: "memory");
}

void protection_apply_shares(const struct protection_share shares[PROTECTION_SHARES])
{
	for (uint32_t place = 0; place < PROTECTION_SHARES; place++) {
		MPU->region_base = protection_share_base(&shares[place], place);
		MPU->region_attributes = shares[place].region.attributes;
	}
	__asm__ volatile("dsb" ::: "memory");
}
