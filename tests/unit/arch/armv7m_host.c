/* The rest of the ARMv7-M architecture, on the host: an MPU that is only written. */

#include "pmsav7.h"

#include <arch/armv7m/armv7m.h>
#include <arch/armv7m/mpu_plan.h>
#include <stdlib.h>

struct context *armv7m_live;
struct context armv7m_idle_context;

static struct pmsav7 mpu;
static uint32_t writes, share_writes;

void host_set_granules(uint32_t flash, uint32_t ram)
{
	(void)flash;
	(void)ram;
}

void protection_apply(const struct protection *self)
{
	for (int i = 0; i < PROTECTION_REGIONS; i++) {
		if (!pmsav7_write(&mpu, self->regions[i].base, self->regions[i].attributes)) {
			abort();
		}
	}
	writes++;
}

void protection_apply_shares(const struct protection_share shares[PROTECTION_SHARES])
{
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		if (!pmsav7_write(&mpu, protection_share_base(&shares[i], i),
				  shares[i].region.attributes)) {
			abort();
		}
	}
	share_writes++;
}

uint32_t host_share_writes(void)
{
	return share_writes;
}

uint32_t host_protection_writes(void)
{
	return writes;
}

enum host_access host_access(uint32_t address)
{
	return pmsav7_access(&mpu, address);
}

/* What entry.S asks before it trusts the stack pointer. */
bool host_can_call(const struct context *context)
{
	return context->stack_pointer - context->frame_first <= context->frame_room;
}

uint32_t host_frame_bytes(void)
{
	return sizeof(struct context_frame);
}
