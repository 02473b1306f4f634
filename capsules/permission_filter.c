/* Looks a call up in the list of an application's permissions. The kernel has seen to it that the list
 * is as long as it says. */

#include <capsules/permission_filter.h>

/* The list: a count, and entries. Offsets in bytes. */
enum {
	COUNT_BYTES = 2,
	ENTRY_BYTES = 16,
	ENTRY_DRIVER = 0,
	ENTRY_GROUP = 4,
	ENTRY_MASK = 8,
	ENTRIES_MAX = 128,
	GROUP_COMMANDS = 64,
};

static uint32_t u16_at(struct read_span span, uint32_t at)
{
	return read_span_get(span, at) | (uint32_t)read_span_get(span, at + 1) << 8;
}

static uint32_t u32_at(struct read_span span, uint32_t at)
{
	return u16_at(span, at) | u16_at(span, at + 2) << 16;
}

/* Whether the mask of the entry at `at` has the command's bit. */
static bool mask_has(struct read_span permissions, uint32_t at, uint32_t command)
{
	uint32_t bit = command % GROUP_COMMANDS;

	return (read_span_get(permissions, at + ENTRY_MASK + bit / 8) >> bit % 8 & 1) != 0;
}

static bool is_allowed(struct read_span permissions, const struct filtered_call *call)
{
	uint32_t count = minimum(u16_at(permissions, 0), ENTRIES_MAX);

	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = COUNT_BYTES + i * ENTRY_BYTES;

		if (u32_at(permissions, at + ENTRY_DRIVER) != call->driver) {
			continue;
		}
		if (!call->is_command) {
			return true;
		}
		if (u32_at(permissions, at + ENTRY_GROUP) == call->number / GROUP_COMMANDS) {
			return mask_has(permissions, at, call->number);
		}
	}
	return false;
}

static enum error_code permission_filter_check(struct permission_filter *self,
					       struct read_span permissions,
					       const struct filtered_call *call)
{
	(void)self;
	return is_allowed(permissions, call) ? ERROR_NONE : ERROR_NODEVICE;
}

SYSTEM_CALL_FILTER_IMPLEMENT(permission_filter, struct permission_filter, filter,
			     .check = permission_filter_check);

void permission_filter_init(struct permission_filter *self)
{
	system_call_filter_bind(&self->filter, &permission_filter_system_call_filter_operations);
}
