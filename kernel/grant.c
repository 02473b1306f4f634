/* Grants: what drivers remember about a process, in its own memory.
 *
 * An allocation holds, from low to high, the subscriptions, the read-only and the read-write slots,
 * then the driver's own struct. The process's grant table has 16 bits for each: how many units of 8
 * bytes it lies below struct process (0: there is none), and whether it is open. */

#include "process.h"
#include <stddef.h>

enum {
	UNIT = 8,
	TABLE_OPEN = 0x8000, /* the rest is the distance in units */
};

/* The offsets of a layout's parts rest on these. */
_Static_assert(sizeof(struct subscription) == UNIT, "a subscription is one unit");
_Static_assert(sizeof(struct allowed) == UNIT, "an allow slot is one unit");

static void *grant_unit(const struct process *self, const struct grant *grant, uint32_t unit)
{
	uint32_t distance = self->grants[grant->private_index] & ~(uint32_t)TABLE_OPEN;

	return (void *)((uintptr_t)self - distance * UNIT + unit * UNIT);
}

struct subscription *grant_subscription(const struct process *self, const struct grant *grant,
					uint32_t number)
{
	return grant_unit(self, grant, number);
}

struct allowed *grant_read_only(const struct process *self, const struct grant *grant,
				uint32_t number)
{
	return grant_unit(self, grant, grant->private_layout->upcalls + number);
}

struct allowed *grant_read_write(const struct process *self, const struct grant *grant,
				 uint32_t number)
{
	const struct grant_layout *layout = grant->private_layout;

	return grant_unit(self, grant, layout->upcalls + layout->read_only + number);
}

static void *grant_state(const struct process *self, const struct grant *grant)
{
	return (uint8_t *)grant_unit(self, grant, 0) + grant->private_state;
}

static uint32_t grant_units(const struct grant_layout *layout)
{
	return layout->upcalls + layout->read_only + layout->read_write +
	       (layout->size + UNIT - 1u) / UNIT;
}

uint32_t grant_size(const struct grant_layout *layout)
{
	return grant_units(layout) * UNIT;
}

uint32_t grant_address(const struct process *self, uint32_t index)
{
	uint32_t distance = self->grants[index] & ~(uint32_t)TABLE_OPEN;

	return distance == 0 ? 0 : (uint32_t)(uintptr_t)self - distance * UNIT;
}

bool grant_allocate(struct process *self, const struct grant *grant)
{
	uint32_t units = grant_units(grant->private_layout);
	uint32_t distance = ((uint32_t)(uintptr_t)self - self->kernel_break) / UNIT + units;

	/* Index 0: of no driver that the board lists; all of those would share the entry. */
	if (grant->private_index == 0 || distance >= TABLE_OPEN ||
	    memory_take(self, units * UNIT) == NULL) {
		return false;
	}
	self->grants[grant->private_index] = (uint16_t)distance;
	return true;
}

static void *grant_open(struct process *process, const struct grant *grant,
			struct grant_access *access)
{
	uint16_t *entry = &process->grants[grant->private_index];

	if ((*entry & TABLE_OPEN) != 0) {
		return NULL;
	}
	*entry |= TABLE_OPEN;
	*access = (struct grant_access){process, grant};
	return grant_state(process, grant);
}

void *grant_private_enter(struct grant *grant, struct process_id id, struct grant_access *access)
{
	struct process *process = process_find(id);

	if (process == NULL || !process_is_alive(process) || !grant_ensure(process, grant)) {
		return NULL;
	}
	return grant_open(process, grant, access);
}

static bool grant_is_there(const struct process *process, const struct grant *grant)
{
	return process->grants[grant->private_index] != 0 && process_is_alive(process);
}

void *grant_private_enter_next(struct grant *grant, uint32_t *slot, struct grant_access *access)
{
	for (uint32_t i = *slot; i < kernel.process_count; i++) {
		struct process *process = kernel.board->processes[i];
		void *state =
		    grant_is_there(process, grant) ? grant_open(process, grant, access) : NULL;

		if (state != NULL) {
			*slot = i;
			return state;
		}
	}
	*slot = GRANT_PRIVATE_END;
	return NULL;
}

void grant_private_leave(struct grant_access access)
{
	access.private_process->grants[access.private_grant->private_index] &=
	    (uint16_t)~TABLE_OPEN;
}

bool grant_access_is_open(struct grant_access access)
{
	return (access.private_process->grants[access.private_grant->private_index] & TABLE_OPEN) !=
	       0;
}

struct process_id grant_access_process(struct grant_access access)
{
	return access.private_process->id;
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

struct write_span allowed_read_write(struct grant_access access, uint32_t number)
{
	if (!grant_access_is_open(access) ||
	    number >= access.private_grant->private_layout->read_write) {
		return (struct write_span){0};
	}

	const struct allowed *slot =
	    grant_read_write(access.private_process, access.private_grant, number);

	if (slot->length == 0) {
		return (struct write_span){0};
	}
	return (struct write_span){(uint8_t *)(uintptr_t)slot->address, slot->length};
}
