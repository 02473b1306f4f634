/* What a process's header says of who it is. Read where it lies, in flash. */

#include "process.h"
#include "tbf.h"
#include <kernel/identity.h>
#include <stddef.h>

static const uint8_t *header_of(struct process_id id)
{
	const struct process *process = process_find(id);

	return process == NULL ? NULL : (const uint8_t *)(uintptr_t)process->flash_start;
}

uint32_t process_short_id(struct process_id id)
{
	const uint8_t *header = header_of(id);

	return header == NULL ? 0 : tbf_short_id(header);
}

struct read_span process_storage_permissions(struct process_id id)
{
	const uint8_t *header = header_of(id);

	if (header == NULL) {
		return (struct read_span){NULL, 0};
	}
	return tbf_value(header, tbf_find(header, TBF_STORAGE_PERMISSIONS));
}
