/* The host has no registers to save: a context is all there is. */

#include <arch/host.h>

void context_start(struct context *self, uint32_t entry, uint32_t stack,
		   const uint32_t arguments[4])
{
	self->program_counter = entry;
	self->stack_pointer = stack;
	self->return_address = 0;
	self->calls = 0;
	for (int i = 0; i < 4; i++) {
		self->registers[i] = arguments[i];
	}
}

void context_set_stack_bounds(struct context *self, uint32_t start, uint32_t end)
{
	self->stack_start = start;
	self->stack_end = end;
}

void context_call(struct context *self, uint32_t function)
{
	self->return_address = self->program_counter;
	self->program_counter = function;
	self->calls++;
}

void context_forget(const struct context *self)
{
	(void)self;
}

uint32_t context_stack_pointer(const struct context *self)
{
	return self->stack_pointer;
}

struct read_span process_register_name(uint32_t index)
{
	static const char names[] = "r0r1r2r3pcsp";

	if (index >= sizeof(names) / 2) {
		return (struct read_span){0};
	}
	return (struct read_span){(const uint8_t *)names + 2 * index, 2};
}

void context_registers(const struct context *self, uint32_t ram_start, uint32_t ram_end,
		       struct process_registers *registers)
{
	registers->count = 0;
	registers->missing = 0;
	if (self->stack_pointer < ram_start || self->stack_pointer > ram_end) {
		return;
	}
	for (int i = 0; i < 4; i++) {
		registers->values[registers->count++] = self->registers[i];
	}
	registers->values[registers->count++] = self->program_counter;
	registers->values[registers->count++] = self->stack_pointer;
}

bool host_can_call(const struct context *context)
{
	(void)context;
	return true;
}

uint32_t host_frame_bytes(void)
{
	return 0;
}

void host_set_stack_pointer(struct context *context, uint32_t stack_pointer)
{
	context->stack_pointer = stack_pointer;
}
