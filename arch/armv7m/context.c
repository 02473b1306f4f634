/* A process's registers: r4-r11 in struct context, the others in the frame on its stack.
 *
 * The frame lies in memory that the process owns. Functions that write it are called only for a
 * process in a system call, whose stack pointer was checked then. */

#include "armv7m.h"
#include <kernel/board.h>
#include <stddef.h>

enum {
	STATUS_THUMB = 1 << 24,
	STATUS_PADDED = 1 << 9, /* entry aligned the stack; return must undo it (B1.5.7) */
	LINK_NONE = 1,          /* returning from the first function faults */
};

static struct context_frame *context_frame(const struct context *self)
{
	return (struct context_frame *)(uintptr_t)self->stack_pointer;
}

void context_start(struct context *self, uint32_t entry, uint32_t stack,
		   const uint32_t arguments[4])
{
	for (int i = 0; i < 8; i++) {
		self->callee_saved[i] = 0;
	}
	self->stack_pointer = stack;
	*context_frame(self) = (struct context_frame){
	    .arguments = {arguments[0], arguments[1], arguments[2], arguments[3]},
	    .link = LINK_NONE,
	    .program_counter = entry & ~1u,
	    .status = STATUS_THUMB,
	};
}

void context_set_stack_bounds(struct context *self, uint32_t start, uint32_t end)
{
	bool has_room = end - start >= sizeof(struct context_frame);

	/* No stack pointer is 1: the hardware keeps it a multiple of 4. */
	self->frame_first = has_room ? start : 1;
	self->frame_room = has_room ? end - start - sizeof(struct context_frame) : 0;
}

void context_call(struct context *self, uint32_t function)
{
	struct context_frame *frame = context_frame(self);

	frame->link = frame->program_counter | 1;
	frame->program_counter = function & ~1u;
	/* Another process may have had access to the frame: keep no bit that entry did not set. */
	frame->status = STATUS_THUMB | (frame->status & STATUS_PADDED);
}

void context_forget(const struct context *self)
{
	if (armv7m_live == self) {
		armv7m_live = NULL;
	}
}

uint32_t context_stack_pointer(const struct context *self)
{
	return self->stack_pointer;
}

static const char names[][4] = {"r0", "r1",  "r2",  "r3",  "r4", "r5", "r6", "r7", "r8",
				"r9", "r10", "r11", "r12", "sp", "lr", "pc", "psr"};

enum {
	REGISTERS = sizeof(names) / sizeof(names[0]),
	IN_FRAME = 0x1d00f /* bit by register: r0 to r3, r12, lr, pc, psr */
};

struct read_span process_register_name(uint32_t index)
{
	if (index >= REGISTERS) {
		return (struct read_span){0};
	}

	const uint8_t *name = (const uint8_t *)names[index];
	uint32_t length = 2;

	if (name[2] != 0) {
		length = name[3] != 0 ? 4 : 3;
	}
	return (struct read_span){name, length};
}

/* The frame on the process's stack; NULL: it is not there, or cannot be read. */
static const struct context_frame *readable_frame(const struct context *self, uint32_t ram_start,
						  uint32_t ram_end)
{
	uint32_t stack = self->stack_pointer;
	bool readable = stack % 4 == 0 && stack >= ram_start && stack <= ram_end &&
			ram_end - stack >= sizeof(struct context_frame);

	return readable ? context_frame(self) : NULL;
}

static void frame_registers(const struct context_frame *frame, uint32_t *values)
{
	for (int i = 0; i < 4; i++) {
		values[i] = frame->arguments[i];
	}
	values[12] = frame->r12;
	values[13] += sizeof(*frame) + ((frame->status & STATUS_PADDED) != 0 ? 4 : 0);
	values[14] = frame->link;
	values[15] = frame->program_counter;
	values[16] = frame->status;
}

void context_registers(const struct context *self, uint32_t ram_start, uint32_t ram_end,
		       struct process_registers *registers)
{
	const struct context_frame *frame = readable_frame(self, ram_start, ram_end);

	*registers = (struct process_registers){.count = REGISTERS};
	for (int i = 0; i < 8; i++) {
		registers->values[4 + i] = self->callee_saved[i];
	}
	registers->values[13] = self->stack_pointer;
	if (frame != NULL) {
		frame_registers(frame, registers->values);
	} else {
		registers->missing = IN_FRAME;
	}
}
