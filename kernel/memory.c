/* The two breaks of a process. */

#include "memory_functions.h"
#include "process.h"

bool memory_set_break(struct process *self, uint32_t app_break)
{
	/* shared_end is never below ram_start. */
	if (app_break < self->shared_end || app_break > self->kernel_break) {
		return false;
	}

	uint32_t reach = protection_reach(&self->protection, app_break);

	if (reach > self->kernel_break) {
		return false;
	}
	if (app_break > self->app_break) {
		memset((void *)(uintptr_t)self->app_break, 0, reach - self->app_break);
	}
	self->app_break = app_break;
	protection_set_break(&self->protection, app_break);
	context_set_stack_bounds(&self->context, self->ram_start, app_break);
	kernel.protection_owner = NULL;
	kernel_attention |= ATTENTION_PROTECTION;
	return true;
}

void *memory_take(struct process *self, uint32_t size)
{
	uint32_t reach = protection_reach(&self->protection, self->app_break);

	if (size > self->kernel_break - reach) {
		return NULL;
	}
	self->kernel_break -= size;

	void *taken = (void *)(uintptr_t)self->kernel_break;

	memset(taken, 0, size);
	return taken;
}
