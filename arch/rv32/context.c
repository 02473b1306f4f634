#include "rv32.h"
#include <stddef.h>

enum {
	X_RA = 1,
	X_SP = 2,
	X_A0 = 10
};

void context_start(struct context *self, uint32_t entry, uint32_t stack,
		   const uint32_t arguments[4])
{
	*self = (struct context){.program_counter = entry};
	self->registers[CONTEXT_X(X_SP)] = stack;
	for (int i = 0; i < 4; i++) {
		self->registers[CONTEXT_X(X_A0) + i] = arguments[i];
	}
}

/* The kernel never touches a process's stack here. */
void context_set_stack_bounds(struct context *self, uint32_t start, uint32_t end)
{
	(void)self;
	(void)start;
	(void)end;
}

void context_call(struct context *self, uint32_t function)
{
	uint32_t *link = &self->registers[CONTEXT_X(X_RA)];

	if (rv32_live == self) {
		*link = CSR_READ(mepc);
		CSR_WRITE(mepc, function);
		return;
	}
	*link = self->program_counter;
	self->program_counter = function;
}

void context_forget(const struct context *self)
{
	if (rv32_live == self) {
		rv32_live = NULL;
	}
}

uint32_t context_stack_pointer(const struct context *self)
{
	return self->registers[CONTEXT_X(X_SP)];
}

/* x0 is always 0; its place tells the program counter. */
static const char names[][4] = {"pc", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
				"a1", "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
				"s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};

enum {
	REGISTERS = sizeof(names) / sizeof(names[0])
};

struct read_span process_register_name(uint32_t index)
{
	if (index >= REGISTERS) {
		return (struct read_span){0};
	}

	const uint8_t *name = (const uint8_t *)names[index];

	return (struct read_span){name, name[2] != 0 ? 3 : 2};
}

void context_registers(const struct context *self, uint32_t ram_start, uint32_t ram_end,
		       struct process_registers *registers)
{
	(void)ram_start;
	(void)ram_end;
	registers->values[0] = rv32_live == self ? CSR_READ(mepc) : self->program_counter;
	for (uint32_t x = 1; x < REGISTERS; x++) {
		registers->values[x] = self->registers[CONTEXT_X(x)];
	}
	registers->count = REGISTERS;
	registers->missing = 0;
}
