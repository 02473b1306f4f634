/* Grants: what drivers remember about a process, in its own memory.
 *
 * An allocation holds, from high to low, the driver's own struct, and then the subscriptions, the
 * read-only, the read-write and the user-readable slots. The process's grant table has 16 bits for
 * each: how many units of 8 bytes the driver's struct lies below struct process (0: there is no
 * grant), and whether it is open. grant_below() and the functions over it are in process.h, so that
 * subscribe and allow find a slot without a call. */

#include "process.h"
#include <stddef.h>

/* The offsets of a layout's parts rest on these. */
_Static_assert(sizeof(struct subscription) == GRANT_UNIT, "a subscription is one unit");
_Static_assert(sizeof(struct allowed) == GRANT_UNIT, "an allow slot is one unit");

static uint32_t slots_in(const struct grant_layout *layout)
{
	return layout->upcalls + layout->read_only + layout->read_write + layout->user_readable;
}

/* At least one: a distance is not 0. */
static uint32_t state_units(const struct grant_layout *layout)
{
	return layout->size == 0 ? 1 : (layout->size + GRANT_UNIT - 1u) / GRANT_UNIT;
}

uint32_t grant_size(const struct grant *grant)
{
	const struct grant_layout *layout = grant->private_layout;

	return (slots_in(layout) + state_units(layout)) * GRANT_UNIT;
}

uint32_t grant_address(const struct process *self, const struct grant *grant)
{
	if (self->grants[grant->private_index] == 0) {
		return 0;
	}
	return (uint32_t)(uintptr_t)grant_below(self, grant, slots_in(grant->private_layout));
}

bool grant_allocate(struct process *self, const struct grant *grant)
{
	uint32_t distance = ((uint32_t)(uintptr_t)self - self->kernel_break) / GRANT_UNIT +
			    state_units(grant->private_layout);

	/* Index 0: of no driver that the board lists; all of those would share the entry. */
	if (grant->private_index == 0 || distance >= GRANT_OPEN ||
	    memory_take(self, grant_size(grant)) == NULL) {
		return false;
	}
	self->grants[grant->private_index] = (uint16_t)distance;
	return true;
}

static void *grant_not_open(struct grant_access *access)
{
	*access = (struct grant_access){0};
	return NULL;
}

/* The process has the grant, which is not open: `entry` says where. */
static void *grant_open(struct process *process, const struct grant *grant, uint32_t entry,
			struct grant_access *access)
{
	process->grants[grant->private_index] = (uint16_t)(entry | GRANT_OPEN);
	*access = (struct grant_access){process, grant};
	return (void *)((uintptr_t)process - entry * GRANT_UNIT);
}

static __attribute__((noinline)) void *
grant_open_new(struct process *process, const struct grant *grant, struct grant_access *access)
{
	if (!grant_allocate(process, grant)) {
		return grant_not_open(access);
	}
	return grant_open(process, grant, process->grants[grant->private_index], access);
}

void *grant_private_enter(struct grant *grant, struct process_id id, struct grant_access *access)
{
	struct process *process = process_find_inline(id);

	if (process == NULL || !process_is_alive(process)) {
		return grant_not_open(access);
	}

	uint32_t entry = process->grants[grant->private_index];

	if (entry == 0) {
		return grant_open_new(process, grant, access);
	}
	return entry < GRANT_OPEN ? grant_open(process, grant, entry, access)
				  : grant_not_open(access);
}

void *grant_private_enter_next(struct grant *grant, uint32_t *slot, struct grant_access *access)
{
	for (uint32_t i = *slot; i < kernel.process_count; i++) {
		struct process *process = kernel.board->processes[i];
		uint32_t entry = process->grants[grant->private_index];

		if (entry != 0 && entry < GRANT_OPEN && process_is_alive(process)) {
			*slot = i;
			return grant_open(process, grant, entry, access);
		}
	}
	*slot = GRANT_PRIVATE_END;
	return grant_not_open(access);
}

void grant_private_leave(const struct grant_access *access)
{
	if (access->private_process != NULL) {
		access->private_process->grants[access->private_grant->private_index] &=
		    (uint16_t)~GRANT_OPEN;
	}
}

struct process_id grant_access_process(struct grant_access access)
{
	return access.private_process->id;
}

uint32_t grant_access_upcalls(struct grant_access access)
{
	return access.private_process->queue_length;
}

struct read_span allowed_read_only(struct grant_access access, uint32_t number)
{
	if (!grant_access_is_open(access) ||
	    number >= access.private_grant->private_layout->read_only) {
		return (struct read_span){0};
	}

	const struct allowed *slot =
	    grant_read_only(access.private_process, access.private_grant, number);

	if (slot->length == 0) {
		return (struct read_span){0};
	}
	return (struct read_span){(const uint8_t *)(uintptr_t)slot->address, slot->length};
}

static struct write_span span_of(const struct allowed *slot)
{
	if (slot->length == 0) {
		return (struct write_span){0};
	}
	return (struct write_span){(uint8_t *)(uintptr_t)slot->address, slot->length};
}

struct write_span allowed_read_write(struct grant_access access, uint32_t number)
{
	if (!grant_access_is_open(access) ||
	    number >= access.private_grant->private_layout->read_write) {
		return (struct write_span){0};
	}
	return span_of(grant_read_write(access.private_process, access.private_grant, number));
}

struct write_span allowed_user_readable(struct grant_access access, uint32_t number)
{
	if (!grant_access_is_open(access) ||
	    number >= access.private_grant->private_layout->user_readable) {
		return (struct write_span){0};
	}
	return span_of(grant_user_readable(access.private_process, access.private_grant, number));
}
