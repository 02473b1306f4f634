/* `placed` is sorted by address at all times. The holes are what is left between neighbours, so
 * nothing about free space is stored and nothing about it can be wrong.
 *
 * Invariant: L1 and L2 hold for `placed` after each insertion; all sizes are multiples of 4. */

#include <tools/image/layout.h>
#include <tools/tbf/command_line.h>
#include <tools/tbf/mpu.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RV32_ALIGNMENT_PREFERRED 0x1000u
#define ALIGNMENT_MIN            4u
#define LINK_ALIGNMENT           0x400u
#define MPU_STEP_MIN             32u
#define CHOICE_TRIES_MAX         100000u
#define ADVICE_NAMES_MAX         3u
#define ADVICE_SIZE              400u

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

static uint64_t align_up(uint64_t value, uint64_t alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

/* A place in flash. */
struct place {
	uint64_t address;
	uint64_t size;
};

static uint64_t place_end(const struct place *place)
{
	return place->address + place->size;
}

/* L4: what the application takes when it begins there; 0: it cannot. */
static uint64_t size_at(const struct layout *layout, const struct application *application,
			uint64_t address)
{
	if (layout->architecture == ARCHITECTURE_ARMV7M && application->is_relocatable) {
		return mpu_flash_size(address, application->size);
	}
	return application->size;
}

static uint64_t power_of_two_above(uint64_t size, uint64_t least)
{
	uint64_t power = least;

	while (power < size) {
		power *= 2;
	}
	return power;
}

/* Beginning at a multiple of the power of two that holds it, an application can be protected if it
 * can be anywhere; one with a relocation table tries all steps of the MPU. */
uint64_t layout_alignment(const struct layout *layout, const struct application *application)
{
	bool is_arm = layout->architecture == ARCHITECTURE_ARMV7M;
	uint64_t step = is_arm ? MPU_STEP_MIN : ALIGNMENT_MIN;
	uint64_t own = application->placement.table.flash_alignment;

	if (application->is_relocatable) {
		return own > step ? own : step;
	}
	return is_arm ? power_of_two_above(application->size, step) : step;
}

/* Where in the hole it would end lowest. What holds its size twice has the best place. */
static bool hole_find(const struct layout *layout, const struct hole *hole,
		      const struct application *application, uint64_t alignment, struct place *best)
{
	uint64_t beyond = hole->start + 2 * mpu_block(application->size) + alignment;

	best->size = 0;
	for (uint64_t at = align_up(hole->start, alignment);
	     at < beyond && at + application->size <= hole->end &&
	     (best->size == 0 || at + application->size < place_end(best));
	     at += alignment) {
		struct place place = {at, size_at(layout, application, at)};
		if (place.size > 0 && place_end(&place) <= hole->end &&
		    hole_takes(hole, at, place.size) &&
		    (best->size == 0 || place_end(&place) < place_end(best))) {
			*best = place;
		}
	}
	return best->size > 0;
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

static void layout_remove(struct layout *layout, const struct application *application)
{
	size_t kept = 0;

	for (size_t i = 0; i < layout->count; i++) {
		if (layout->placed[i] != application) {
			layout->placed[kept++] = layout->placed[i];
		}
	}
	layout->count = kept;
}

/* L5 */
static bool ram_suffices(const struct layout *layout, struct ram_conflict *conflict)
{
	return layout->ram == NULL ||
	       ram_plan(layout->ram, layout->placed, layout->count, conflict) || layout->raw;
}

/* The lowest hole that takes it and leaves all with RAM. Puts it there. */
static bool layout_put(struct layout *layout, struct application *application, uint64_t alignment)
{
	uint64_t size = application->size;
	struct ram_conflict conflict;

	for (size_t i = 0; i <= layout->count; i++) {
		struct hole hole = layout_hole(layout, i);
		struct place place;
		if (!hole_find(layout, &hole, application, alignment, &place)) {
			continue;
		}
		application->address = place.address;
		application->size = place.size;
		layout_insert(layout, application);
		if (ram_suffices(layout, &conflict)) {
			return true;
		}
		layout_remove(layout, application);
		application->size = size;
	}
	return false;
}

static bool layout_fits_without(const struct layout *layout, size_t index);

/* What else could be left out for the rest to fit: "; without b.tbf or c.tbf all would fit". */
static void advise(const struct layout *layout, const struct application *application,
		   char advice[ADVICE_SIZE])
{
	size_t named = 0;
	size_t at = 0;

	advice[0] = '\0';
	for (size_t i = layout->application_count; i-- > 0 && named < ADVICE_NAMES_MAX;) {
		const struct application *other = &layout->applications[i];
		if (other != application && layout_fits_without(layout, i)) {
			at += (size_t)snprintf(&advice[at], ADVICE_SIZE - at, "%s%s",
					       named > 0 ? " or " : "; without ", other->label);
			at = at < ADVICE_SIZE ? at : ADVICE_SIZE - 1;
			named++;
		}
	}
	snprintf(&advice[at], ADVICE_SIZE - at, "%s",
		 named > 0 ? " all would fit"
		 : layout->application_count > 1
		     ? "; make it smaller, or leave out more than one application"
		     : "; make it smaller");
}

__attribute__((noreturn)) static void refuse_no_room(const struct layout *layout,
						     const struct application *application)
{
	struct hole hole = largest_hole(layout);
	number largest = hole.end - hole.start;
	char missing[128];
	char advice[ADVICE_SIZE];

	advise(layout, application, advice);
	if (largest == 0) {
		refuse("%s: needs %llu bytes of flash; none is left%s", application->label,
		       (number)application->size, advice);
	}
	if (application->size > largest) {
		snprintf(missing, sizeof(missing), ", %llu too few",
			 (number)application->size - largest);
	} else {
		snprintf(missing, sizeof(missing),
			 ", but nothing for it at a multiple of %llu, with no gap below 16 bytes",
			 (number)layout_alignment(layout, application));
	}
	refuse("%s: needs %llu bytes of flash; the largest free place has %llu, at "
	       "0x%08llx..0x%08llx%s%s",
	       application->label, (number)application->size, largest, (number)hole.start,
	       (number)hole.end, missing, advice);
}

__attribute__((noreturn)) static void refuse_ram(const struct layout *layout,
						 const struct ram_conflict *conflict)
{
	const struct application *application = conflict->application;
	const struct ram *ram = layout->ram;
	char advice[ADVICE_SIZE];

	if (conflict->is_below) {
		refuse("%s: its RAM at 0x%08x is taken, applications before it in flash have all "
		       "below 0x%08llx; link it for RAM from there up, or for flash before them",
		       application->label, application->header.fixed_ram,
		       (number)conflict->free_from);
	}
	if (conflict->could_start != 0) {
		refuse("%s: its RAM cannot be protected at 0x%08x, but %u bytes can at 0x%08llx; "
		       "link it for RAM there",
		       application->label, application->header.fixed_ram,
		       application->header.minimum_ram, (number)conflict->could_start);
	}
	number left = ram->end > conflict->free_from ? ram->end - conflict->free_from : 0;
	number needed = application->header.minimum_ram + ram->kernel_part;
	advise(layout, application, advice);
	refuse("%s: needs %llu bytes of RAM, %u of its own and %llu for the kernel; %llu are left, "
	       "from 0x%08llx%s",
	       application->label, needed, application->header.minimum_ram,
	       (number)ram->kernel_part, left, (number)conflict->free_from, advice);
}

/* A place to link an application for; programs are linked for coarser steps than they could be
 * placed at (tools/tbf/pack.h, K1). */
static bool layout_find_linkable(const struct layout *layout, const struct application *application,
				 uint64_t *found)
{
	uint64_t alignment = LINK_ALIGNMENT;
	struct place place;

	if (layout->architecture == ARCHITECTURE_ARMV7M &&
	    mpu_block(application->size) > alignment) {
		alignment = mpu_block(application->size);
	}
	for (size_t i = 0; i <= layout->count; i++) {
		struct hole hole = layout_hole(layout, i);
		if (hole_find(layout, &hole, application, alignment, &place)) {
			*found = place.address;
			return true;
		}
	}
	return false;
}

/* Refuses a fixed application that is in conflict with `other`, and says where it could go. */
__attribute__((noreturn)) static void refuse_conflict(const struct layout *layout,
						      const struct application *application,
						      const struct application *other)
{
	uint64_t found;
	bool overlap = application->address < application_end(other) &&
		       other->address < application_end(application);

	if (!layout_find_linkable(layout, application, &found)) {
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

static bool lies_inside(const struct layout *layout, const struct application *application)
{
	return application->address >= layout->start && application_end(application) <= layout->end;
}

static bool begins_well(const struct layout *layout, const struct application *application)
{
	return application->address % ALIGNMENT_MIN == 0 &&
	       gap_can_be_bridged(application->address - layout->start);
}

static void check_inside(const struct layout *layout, const struct application *application)
{
	if (!lies_inside(layout, application)) {
		refuse("%s: its place 0x%08llx..0x%08llx lies outside the flash for applications, "
		       "0x%08llx..0x%08llx; link it for this board, or with -Wl,--emit-relocs for "
		       "any",
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

/* L4, for a place given or found. */
static bool is_protectable(const struct layout *layout, const struct application *application)
{
	return layout->architecture != ARCHITECTURE_ARMV7M || !application->header.has_program ||
	       mpu_flash_size(application->address, application->size) == application->size;
}

static void check_protectable(const struct layout *layout, const struct application *application)
{
	if (is_protectable(layout, application)) {
		return;
	}
	uint64_t power = mpu_block(application->size);
	refuse("%s: no MPU region covers its place 0x%08llx..0x%08llx; pack it for ARM: a multiple "
	       "of %llu bytes, beginning at a multiple of 0x%llx",
	       application->label, (number)application->address,
	       (number)application_end(application), (number)(power / MPU_SUBREGIONS),
	       (number)power);
}

/* One with a relocation table takes what its given place demands; where it cannot be at all, L4 says so
 * later. */
static void settle_size(const struct layout *layout, struct application *application)
{
	uint64_t size = size_at(layout, application, application->address);

	if (size > 0) {
		application->size = size;
	}
}

/* L5, for those with a given address. */
static void check_ram(const struct layout *layout)
{
	struct ram_conflict conflict;

	if (!ram_suffices(layout, &conflict)) {
		refuse_ram(layout, &conflict);
	}
}

/* It fits by size, but wherever it would go somebody is without RAM. */
__attribute__((noreturn)) static void refuse_no_place(struct layout *layout,
						      struct application *application)
{
	struct ram_conflict conflict;
	struct place place;

	for (size_t i = layout->count + 1; i-- > 0;) {
		struct hole hole = layout_hole(layout, i);
		if (layout->ram != NULL &&
		    hole_find(layout, &hole, application, layout_alignment(layout, application),
			      &place)) {
			application->address = place.address;
			layout_insert(layout, application);
			if (!ram_suffices(layout, &conflict)) {
				refuse_ram(layout, &conflict);
			}
		}
	}
	refuse_no_room(layout, application);
}

/* Whether it can be where it was linked for, beside all that are placed. */
static bool layout_takes(struct layout *layout, struct application *application)
{
	struct ram_conflict conflict;

	if (!lies_inside(layout, application) || !begins_well(layout, application) ||
	    !is_protectable(layout, application) || find_conflict(layout, application) != NULL) {
		return false;
	}
	layout_insert(layout, application);
	if (ram_suffices(layout, &conflict)) {
		return true;
	}
	layout_remove(layout, application);
	return false;
}

/* Chooses from the candidates of `applications` and all behind it, so that none is in another's way:
 * the first combination in the order of the candidates. */
static bool choose_from(struct layout *layout, struct application *applications, size_t count,
			size_t *tries)
{
	if (count == 0) {
		return true;
	}
	if (!application_has_choice(applications)) {
		return choose_from(layout, applications + 1, count - 1, tries);
	}
	for (size_t i = 0; i < applications->candidate_count && *tries < CHOICE_TRIES_MAX; i++) {
		(*tries)++;
		application_choose(applications, i);
		bool is_movable = !applications->is_fixed;
		if (!is_movable && !layout_takes(layout, applications)) {
			continue;
		}
		if (choose_from(layout, applications + 1, count - 1, tries)) {
			return true;
		}
		layout_remove(layout, applications);
	}
	application_choose(applications, 0);
	return false;
}

__attribute__((noreturn)) static void
refuse_choice(const struct layout *layout, const struct application *applications, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (application_has_choice(&applications[i])) {
			refuse("%s: none of its %zu files for this board fits, in flash "
			       "0x%08llx..0x%08llx, with RAM, and beside the other applications "
			       "that cannot move; pack it to run anywhere (docs/relocation.md), or "
			       "link it for a place that is free",
			       file_base_name(applications[i].path),
			       applications[i].candidate_count, (number)layout->start,
			       (number)layout->end);
		}
	}
	abort();
}

/* Which of an archive's files linked for different addresses is the application. Those with no choice
 * come first; what is wrong with them place_fixed() says. */
static void choose_candidates(struct layout *layout, struct application *applications, size_t count)
{
	size_t tries = 0;

	for (size_t i = 0; i < count; i++) {
		if (applications[i].is_fixed && !application_has_choice(&applications[i])) {
			layout_takes(layout, &applications[i]);
		}
	}
	if (!choose_from(layout, applications, count, &tries)) {
		refuse_choice(layout, applications, count);
	}
	layout->count = 0;
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
		settle_size(layout, &applications[i]);
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
	uint64_t alignment = layout_alignment(layout, application);

	if (layout->architecture == ARCHITECTURE_RV32 && !application->is_relocatable &&
	    layout_put(layout, application, RV32_ALIGNMENT_PREFERRED)) {
		return true;
	}
	return layout_put(layout, application, alignment);
}

/* In the order given. Returns the first that finds no place, or NULL. */
static struct application *place_movable(struct layout *layout)
{
	for (size_t i = 0; i < layout->movable_count; i++) {
		if (!place_one(layout, layout->movable[i])) {
			return layout->movable[i];
		}
	}
	return NULL;
}

static void remove_movable(struct layout *layout)
{
	size_t kept = 0;

	for (size_t i = 0; i < layout->count; i++) {
		struct application *application = layout->placed[i];
		if (application->is_fixed) {
			layout->placed[kept++] = application;
		} else if (application->is_relocatable) {
			application->size = application->placement.size;
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

static void list_movable(struct layout *layout, struct application *applications, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!applications[i].is_fixed) {
			layout->movable[layout->movable_count++] = &applications[i];
		}
	}
}

static void layout_start(struct layout *layout, struct application *applications, size_t count)
{
	layout->applications = applications;
	layout->application_count = count;
	layout->placed = calloc(count + 1, sizeof(*layout->placed));
	layout->movable = calloc(count + 1, sizeof(*layout->movable));
	layout->count = 0;
	layout->movable_count = 0;
	if (layout->placed == NULL || layout->movable == NULL) {
		refuse("no memory");
	}
}

/* Again largest first when the order given leaves one without a place. Returns that one, or NULL. */
static struct application *place_all_movable(struct layout *layout)
{
	if (place_movable(layout) == NULL) {
		return NULL;
	}
	remove_movable(layout);
	qsort(layout->movable, layout->movable_count, sizeof(*layout->movable), compare_sizes);
	return place_movable(layout);
}

/* A place that was found is forgotten: what an application takes anywhere is its least size. */
static void forget_place(struct application *application)
{
	if (application->is_relocatable) {
		application->size = application->placement.size;
	}
}

static bool layout_fits(struct layout *layout)
{
	for (size_t i = 0; i < layout->application_count; i++) {
		struct application *application = &layout->applications[i];
		forget_place(application);
		if (application->is_fixed) {
			settle_size(layout, application);
			if (!layout_takes(layout, application)) {
				return false;
			}
		}
	}
	list_movable(layout, layout->applications, layout->application_count);
	return place_all_movable(layout) == NULL;
}

/* Tries with copies, all but one; what is placed stays as it is. */
static bool layout_fits_without(const struct layout *layout, size_t index)
{
	size_t count = layout->application_count - 1;
	struct application *others = calloc(count + 1, sizeof(*others));
	struct layout trial = *layout;

	if (others == NULL) {
		refuse("no memory");
	}
	memcpy(others, layout->applications, index * sizeof(*others));
	memcpy(&others[index], &layout->applications[index + 1], (count - index) * sizeof(*others));
	layout_start(&trial, others, count);
	bool fits = layout_fits(&trial);
	layout_release(&trial);
	free(others);
	return fits;
}

/* L3 */
void layout_place(struct layout *layout, struct application *applications, size_t count)
{
	layout_start(layout, applications, count);
	choose_candidates(layout, applications, count);
	list_movable(layout, applications, count);
	place_fixed(layout, applications, count);
	check_ram(layout);
	struct application *left = place_all_movable(layout);
	if (left != NULL) {
		refuse_no_place(layout, left);
	}
	for (size_t i = 0; !layout->raw && i < count; i++) {
		check_protectable(layout, &applications[i]);
	}
}

void layout_release(struct layout *layout)
{
	free(layout->placed);
	free(layout->movable);
}
