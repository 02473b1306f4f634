/* `placed` is sorted by address at all times. The holes are what is left between neighbours, so
 * nothing about free space is stored and nothing about it can be wrong.
 *
 * Invariant: L1 and L2 hold for `placed` after each insertion; all sizes are multiples of 4. */

#include <tools/image/layout.h>
#include <tools/tbf/command_line.h>

#include <stdlib.h>

#define RV32_ALIGNMENT_PREFERRED 0x1000u
#define ALIGNMENT_MIN            4u
#define LINK_ALIGNMENT           0x400u
#define MPU_SIZE_MIN             32u
#define MPU_SIZE_MIN_SUBREGIONS  256u
#define MPU_SUBREGIONS           8u
#define ADDRESS_SPACE            ((uint64_t)UINT32_MAX + 1)

typedef unsigned long long number; /* for printf */

struct hole {
	uint64_t start;
	uint64_t end;
	bool is_last; /* nothing follows, so what stays free needs no padding */
};

uint64_t layout_gap_start(const struct layout *layout, size_t index)
{
	return index == 0 ? layout->start : application_end(layout->placed[index - 1]);
}

uint64_t layout_end(const struct layout *layout)
{
	return layout_gap_start(layout, layout->count);
}

/* Hole `index` lies before application `index`; the last one behind all. */
static struct hole layout_hole(const struct layout *layout, size_t index)
{
	bool is_last = index == layout->count;

	return (struct hole){
	    .start = layout_gap_start(layout, index),
	    .end = is_last ? layout->end : layout->placed[index]->address,
	    .is_last = is_last,
	};
}

/* L2 */
static bool gap_can_be_bridged(uint64_t gap)
{
	return gap == 0 || gap >= TBF_HEADER_BASE_SIZE;
}

static bool hole_takes(const struct hole *hole, uint64_t address, uint64_t size)
{
	return gap_can_be_bridged(address - hole->start) &&
	       (hole->is_last || gap_can_be_bridged(hole->end - address - size));
}

/* The lowest place of that alignment. Returns false when there is none. */
static bool layout_find(const struct layout *layout, uint64_t size, uint64_t alignment,
			uint64_t *found)
{
	for (size_t i = 0; i <= layout->count; i++) {
		struct hole hole = layout_hole(layout, i);
		uint64_t address = (hole.start + alignment - 1) / alignment * alignment;
		while (address + size <= hole.end) {
			if (hole_takes(&hole, address, size)) {
				*found = address;
				return true;
			}
			address += alignment;
		}
	}
	return false;
}

static uint64_t power_of_two_above(uint64_t size, uint64_t least)
{
	uint64_t power = least;

	while (power < size) {
		power *= 2;
	}
	return power;
}

/* L4 */
static bool layout_find_suitable(const struct layout *layout, uint64_t size, uint64_t *found)
{
	if (layout->architecture == ARCHITECTURE_ARMV7M) {
		uint64_t alignment = power_of_two_above(size, MPU_SIZE_MIN);
		return layout_find(layout, size, alignment, found);
	}
	return layout_find(layout, size, RV32_ALIGNMENT_PREFERRED, found) ||
	       layout_find(layout, size, ALIGNMENT_MIN, found);
}

/* The index in `placed` at which something that begins at `address` belongs. */
static size_t layout_index(const struct layout *layout, uint64_t address)
{
	size_t index = 0;

	while (index < layout->count && layout->placed[index]->address <= address) {
		index++;
	}
	return index;
}

static void layout_insert(struct layout *layout, struct application *application)
{
	size_t index = layout_index(layout, application->address);

	for (size_t i = layout->count; i > index; i--) {
		layout->placed[i] = layout->placed[i - 1];
	}
	layout->placed[index] = application;
	layout->count++;
}

static struct hole largest_hole(const struct layout *layout)
{
	struct hole largest = layout_hole(layout, 0);

	for (size_t i = 1; i <= layout->count; i++) {
		struct hole hole = layout_hole(layout, i);
		if (hole.end - hole.start > largest.end - largest.start) {
			largest = hole;
		}
	}
	return largest;
}

__attribute__((noreturn)) static void refuse_no_room(const struct layout *layout,
						     const struct application *application)
{
	struct hole hole = largest_hole(layout);

	refuse("%s: no place for its %llu bytes; the largest free place has %llu, at "
	       "0x%08llx..0x%08llx; leave an application out or make it smaller",
	       application->label, (number)application->size, (number)(hole.end - hole.start),
	       (number)hole.start, (number)hole.end);
}

/* A place to link an application for; programs are linked for coarser steps than they could be
 * placed at (tools/tbf/pack.h, K1). */
static bool layout_find_linkable(const struct layout *layout, uint64_t size, uint64_t *found)
{
	uint64_t alignment = LINK_ALIGNMENT;

	if (layout->architecture == ARCHITECTURE_ARMV7M) {
		alignment = power_of_two_above(size, LINK_ALIGNMENT);
	}
	return layout_find(layout, size, alignment, found);
}

/* Refuses a fixed application that is in conflict with `other`, and says where it could go. */
__attribute__((noreturn)) static void refuse_conflict(const struct layout *layout,
						      const struct application *application,
						      const struct application *other)
{
	uint64_t found;
	bool overlap = application->address < application_end(other) &&
		       other->address < application_end(application);

	if (!layout_find_linkable(layout, application->size, &found)) {
		refuse_no_room(layout, application);
	}
	refuse("%s: its place 0x%08llx..0x%08llx %s %s at 0x%08llx..0x%08llx; there is room at "
	       "0x%08llx: link it for 0x%08llx",
	       application->label, (number)application->address,
	       (number)application_end(application),
	       overlap ? "overlaps" : "leaves a gap too small for padding (1 to 15 bytes) beside",
	       other->label, (number)other->address, (number)application_end(other), (number)found,
	       (number)(found + application_program_offset(application)));
}

/* Whether two applications that both have an address can be neighbours, or farther apart. */
static bool can_coexist(const struct application *a, const struct application *b)
{
	const struct application *low = a->address <= b->address ? a : b;
	const struct application *high = low == a ? b : a;

	return application_end(low) <= high->address &&
	       gap_can_be_bridged(high->address - application_end(low));
}

static const struct application *find_conflict(const struct layout *layout,
					       const struct application *application)
{
	for (size_t i = 0; i < layout->count; i++) {
		if (!can_coexist(application, layout->placed[i])) {
			return layout->placed[i];
		}
	}
	return NULL;
}

static void check_inside(const struct layout *layout, const struct application *application)
{
	if (application->address < layout->start || application_end(application) > layout->end) {
		refuse("%s: its place 0x%08llx..0x%08llx lies outside the flash for applications, "
		       "0x%08llx..0x%08llx; link it for this board",
		       application->label, (number)application->address,
		       (number)application_end(application), (number)layout->start,
		       (number)layout->end);
	}
	if (application->address % ALIGNMENT_MIN != 0) {
		refuse("%s: its place 0x%08llx is not a multiple of 4; link it for another address",
		       application->label, (number)application->address);
	}
	if (!gap_can_be_bridged(application->address - layout->start)) {
		refuse("%s: its place 0x%08llx leaves a gap below 16 bytes behind 0x%08llx, too "
		       "small for padding; link it for another address",
		       application->label, (number)application->address, (number)layout->start);
	}
}

/* Whether one MPU region can cover exactly that: the region is the smallest aligned power of two
 * that holds it; a larger one has only coarser subregions. */
static bool mpu_covers(uint64_t start, uint64_t size)
{
	uint64_t last = start + size - 1;
	uint64_t region = MPU_SIZE_MIN;

	while (region < ADDRESS_SPACE && start / region != last / region) {
		region *= 2;
	}
	if (region == size) {
		return true;
	}
	uint64_t step = region / MPU_SUBREGIONS;
	return region >= MPU_SIZE_MIN_SUBREGIONS && start % step == 0 && size % step == 0;
}

/* L4, for a place given or found. */
static void check_protectable(const struct layout *layout, const struct application *application)
{
	if (layout->architecture != ARCHITECTURE_ARMV7M || !application->header.has_program ||
	    mpu_covers(application->address, application->size)) {
		return;
	}
	uint64_t power = power_of_two_above(application->size, MPU_SIZE_MIN_SUBREGIONS);
	refuse("%s: no MPU region covers its place 0x%08llx..0x%08llx; pack it for ARM: a multiple "
	       "of %llu bytes, beginning at a multiple of 0x%llx",
	       application->label, (number)application->address,
	       (number)application_end(application), (number)(power / MPU_SUBREGIONS),
	       (number)power);
}

/* All that have a given address go in before any is refused, so that the advice counts them. */
static void place_fixed(struct layout *layout, struct application *applications, size_t count)
{
	const struct application *refused = NULL;
	const struct application *other = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!applications[i].is_fixed) {
			continue;
		}
		check_inside(layout, &applications[i]);
		const struct application *conflict = find_conflict(layout, &applications[i]);
		if (conflict == NULL) {
			layout_insert(layout, &applications[i]);
		} else if (refused == NULL) {
			refused = &applications[i];
			other = conflict;
		}
	}
	if (refused != NULL) {
		refuse_conflict(layout, refused, other);
	}
}

static bool place_one(struct layout *layout, struct application *application)
{
	if (!layout_find_suitable(layout, application->size, &application->address)) {
		return false;
	}
	layout_insert(layout, application);
	return true;
}

/* In the order given. Returns the first that finds no place, or NULL. */
static const struct application *place_movable(struct layout *layout, struct application **movable,
					       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!place_one(layout, movable[i])) {
			return movable[i];
		}
	}
	return NULL;
}

static void remove_movable(struct layout *layout)
{
	size_t kept = 0;

	for (size_t i = 0; i < layout->count; i++) {
		if (layout->placed[i]->is_fixed) {
			layout->placed[kept++] = layout->placed[i];
		}
	}
	layout->count = kept;
}

/* Largest first; among equals the order given, which is that of their addresses in memory. */
static int compare_sizes(const void *left, const void *right)
{
	const struct application *a = *(struct application *const *)left;
	const struct application *b = *(struct application *const *)right;

	if (a->size != b->size) {
		return a->size > b->size ? -1 : 1;
	}
	return a < b ? -1 : a > b;
}

static struct application **list_movable(struct application *applications, size_t count,
					 size_t *movable_count)
{
	struct application **movable = calloc(count + 1, sizeof(struct application *));

	if (movable == NULL) {
		refuse("no memory");
	}
	*movable_count = 0;
	for (size_t i = 0; i < count; i++) {
		if (!applications[i].is_fixed) {
			movable[(*movable_count)++] = &applications[i];
		}
	}
	return movable;
}

/* L3 */
void layout_place(struct layout *layout, struct application *applications, size_t count, bool raw)
{
	size_t movable_count;
	struct application **movable = list_movable(applications, count, &movable_count);

	layout->placed = calloc(count + 1, sizeof(struct application *));
	if (layout->placed == NULL) {
		refuse("no memory");
	}
	place_fixed(layout, applications, count);
	if (place_movable(layout, movable, movable_count) != NULL) {
		remove_movable(layout);
		qsort(movable, movable_count, sizeof(*movable), compare_sizes);
		const struct application *left = place_movable(layout, movable, movable_count);
		if (left != NULL) {
			refuse_no_room(layout, left);
		}
	}
	for (size_t i = 0; !raw && i < count; i++) {
		check_protectable(layout, &applications[i]);
	}
	free(movable);
}

void layout_release(struct layout *layout)
{
	free(layout->placed);
}
