/* The rest of the ARMv7-M architecture, on the host: its MPU is a model. mpu.c is compiled here, with MPU
 * leading to it. */

#include "pmsav7.h"

#include <arch/armv7m/armv7m.h>
#include <arch/armv7m/mpu_plan.h>
#include <stdlib.h>

struct context *armv7m_live;
struct context armv7m_idle_context;

static struct pmsav7 mpu;
static uint32_t writes, share_writes;

/* No value that is ever written. */
#define UNWRITTEN 0xffffffffu

static struct mpu_registers registers = {.control = UNWRITTEN,
					 .region_number = UNWRITTEN,
					 .region_base = UNWRITTEN,
					 .region_attributes = UNWRITTEN};

static bool is_written(volatile uint32_t *place, uint32_t *value)
{
	*value = *place;
	*place = UNWRITTEN;
	return *value != UNWRITTEN;
}

/* What was written since the last time takes effect. */
static void mpu_update(void)
{
	uint32_t value;

	if (is_written(&registers.region_number, &value)) {
		pmsav7_write_number(&mpu, value);
	}
	if (is_written(&registers.region_base, &value)) {
		pmsav7_write_base(&mpu, value);
		share_writes += mpu.number == PROTECTION_REGIONS;
	}
	if (is_written(&registers.region_attributes, &value)) {
		pmsav7_write_attributes(&mpu, value);
	}
	if (is_written(&registers.control, &value)) {
		pmsav7_write_control(&mpu, value);
		writes++;
	}
}

/* When others look at it. */
static const struct pmsav7 *mpu_settled(void)
{
	mpu_update();
	if (!pmsav7_is_predictable(&mpu)) {
		abort();
	}
	return &mpu;
}

/* Each register that the kernel names is written before it names the next. */
static struct mpu_registers *mpu_registers(void)
{
	mpu_update();
	return &registers;
}

#undef MPU
#define MPU mpu_registers()
/* The barrier is for another processor than this. */
#define __asm__
#define volatile(...)
#include <arch/armv7m/mpu.c>
#undef __asm__
#undef volatile

void host_set_granules(uint32_t flash, uint32_t ram)
{
	(void)flash;
	(void)ram;
}

uint32_t host_share_writes(void)
{
	mpu_update();
	return share_writes;
}

uint32_t host_protection_writes(void)
{
	mpu_update();
	return writes;
}

enum host_access host_access(uint32_t address)
{
	return pmsav7_access(mpu_settled(), address);
}

uint32_t host_edges(uint32_t edges[HOST_EDGES_MAX])
{
	return pmsav7_edges(mpu_settled(), edges);
}

void host_set_stack_pointer(struct context *context, uint32_t stack_pointer)
{
	context->stack_pointer = stack_pointer;
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
