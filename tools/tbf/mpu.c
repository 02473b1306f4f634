/* For ARMv7-M the kernel is asked itself: arch/armv7m/mpu_plan.c is part of the tools. A PMP covers
 * any multiple of 4 (arch/rv32/pmp.c). */

#include <arch/armv7m/mpu_plan.h>
#include <tools/tbf/mpu.h>

#define MPU_STEP_MIN  32u
#define MPU_STEP_MAX  (1u << 28)
#define PMP_STEP      4u
#define ADDRESS_SPACE ((uint64_t)UINT32_MAX + 1)

static uint64_t align_up(uint64_t value, uint64_t alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

uint64_t mpu_block(uint64_t size)
{
	uint64_t power = MPU_SIZE_MIN;

	while (power < size) {
		power *= 2;
	}
	return power;
}

static bool flash_is_covered(uint64_t address, uint64_t size)
{
	struct protection protection;

	return address + size < ADDRESS_SPACE &&
	       protection_set_flash(&protection, (uint32_t)address, (uint32_t)(address + size));
}

uint64_t mpu_flash_size(uint64_t address, uint64_t size)
{
	for (uint64_t step = MPU_STEP_MIN; step <= MPU_STEP_MAX; step *= 2) {
		uint64_t covered = align_up(size, step);
		if (address % step != 0) {
			return 0;
		}
		if (flash_is_covered(address, covered)) {
			return covered;
		}
	}
	return 0;
}

/* The largest step that RAM of this size can get: of two regions that hold it at least the first
 * seven subregions can lie before it, and nine are left. */
static uint64_t largest_ram_step(uint64_t size)
{
	uint64_t step = MPU_STEP_MIN;

	while (step * (MPU_SUBREGIONS + 1) < size) {
		step *= 2;
	}
	return step;
}

uint64_t mpu_ram_size(uint64_t own, uint64_t kernels)
{
	uint64_t size = own + kernels;
	uint64_t needed = size;

	do {
		size = needed;
		uint64_t step = largest_ram_step(size);
		if (kernels % step != 0) {
			needed = align_up(own, step) + kernels;
		}
	} while (needed > size);
	return size;
}

static bool pmp_place_ram(uint64_t from, uint64_t size, uint64_t *start, uint64_t *end)
{
	*start = align_up(from, PMP_STEP);
	*end = align_up(*start + size, PMP_STEP);
	return *end < ADDRESS_SPACE;
}

bool mpu_place_ram(bool is_arm, uint64_t from, uint64_t size, uint64_t *start, uint64_t *end)
{
	struct protection protection;
	uint32_t found_start;
	uint32_t found_end;

	if (from >= ADDRESS_SPACE || size >= ADDRESS_SPACE) {
		return false;
	}
	if (!is_arm) {
		return pmp_place_ram(from, size, start, end);
	}
	if (!protection_place_ram(&protection, (uint32_t)from, (uint32_t)size, &found_start,
				  &found_end)) {
		return false;
	}
	*start = found_start;
	*end = found_end;
	return true;
}
