#include <tools/image/ram.h>
#include <tools/tbf/mpu.h>

/* Of the context that a process starts with, on ARM: the frame of an exception (arch/armv7m's
 * CONTEXT_START_BYTES); and one byte, so that there is RAM at all. */
#define ARM_RAM_MIN  33u
#define RV32_RAM_MIN 1u

#define KERNEL_PART_ALIGNMENT 8u

static uint64_t align_up(uint64_t value, uint64_t alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

static uint64_t ram_size(const struct ram *ram, const struct application *application)
{
	uint64_t least = ram->is_arm ? ARM_RAM_MIN : RV32_RAM_MIN;
	uint64_t size = application->header.minimum_ram;

	return size > least ? size : least;
}

/* Where the kernel would place it if it was fixed to an address from `from` up that suits it. */
static bool place_movable(const struct ram *ram, struct application *application, uint64_t from,
			  uint64_t *start, uint64_t *end)
{
	uint64_t alignment = application->placement.table.ram_alignment;
	uint64_t linked = application->placement.table.ram;
	uint64_t size = ram_size(ram, application);

	*start = from;
	do {
		/* By as much beside a multiple of the alignment as it was linked. */
		from = align_up(*start - linked % alignment, alignment) + linked % alignment;
		if (!mpu_place_ram(ram->is_arm, from, size, start, end)) {
			return false;
		}
	} while (*start != from);
	return true;
}

/* Plans for one; moves `from` behind it. */
static bool plan_one(const struct ram *ram, struct application *application, uint64_t *from,
		     struct ram_conflict *conflict)
{
	uint64_t fixed = application->header.fixed_ram;
	bool is_fixed = !application->is_relocatable && fixed != TBF_NOT_FIXED;
	uint64_t start = *from;
	uint64_t end;

	*conflict = (struct ram_conflict){application, *from, is_fixed && fixed < *from, 0};
	if (conflict->is_below) {
		return false;
	}
	bool found = application->is_relocatable
			 ? place_movable(ram, application, *from, &start, &end)
			 : mpu_place_ram(ram->is_arm, is_fixed ? fixed : *from,
					 ram_size(ram, application), &start, &end);
	end = found ? align_up(end, KERNEL_PART_ALIGNMENT) + ram->kernel_part : 0;
	if (!found || end > ram->end) {
		return false;
	}
	if (is_fixed && start != fixed) {
		conflict->could_start = start;
		return false;
	}
	application->ram_start = start;
	application->ram_end = end;
	*from = end;
	return true;
}

bool ram_plan(const struct ram *ram, struct application *const *placed, size_t count,
	      struct ram_conflict *conflict)
{
	uint64_t from = ram->start;

	for (size_t i = 0; i < count; i++) {
		placed[i]->ram_start = from;
		placed[i]->ram_end = from;
		if (application_runs(placed[i]) && !plan_one(ram, placed[i], &from, conflict)) {
			return false;
		}
	}
	return true;
}
