/* The single lines of a fault report.
 *
 * Is it a stack overflow? The hardware cannot tell. A process's stack lies at the bottom of its
 * RAM and grows downwards, so that what overflows touches the addresses right under it, which the
 * process may never use. We call it that when
 *   - the access that failed was to data, at most WINDOW bytes under the RAM, or it was the
 *     hardware or the kernel itself that could not use the stack; and
 *   - the stack pointer is down there too, or so near the bottom of the RAM that one push
 *     reaches out of it (a push that fails may leave the stack pointer where it was).
 * A wild pointer alone fails the second test, an unlucky stack pointer alone the first. WINDOW is
 * the largest frame that we expect one function to have. A stack that lies elsewhere and runs into
 * the process's own data does not fault at all, so nothing can be said about it. */

#include <capsules/fault_line.h>
#include <capsules/fault_owner.h>
#include <capsules/process_words.h>

enum {
	WINDOW = 4096,  /* bytes */
	ONE_PUSH = 128, /* bytes; all registers of either architecture */

	REGISTERS_PER_ROW = 4,
	REGISTER_COLUMN = 2,
	REGISTER_NAME_WIDTH = 5,
	REGISTER_WIDTH = 15,
};

static const struct read_span words_by_cause[] = {
    [FAULT_NONE] = SPAN_OF_TEXT("no cause is known"),
    [FAULT_DATA_ACCESS] = SPAN_OF_TEXT("accessed memory it may not"),
    [FAULT_READ] = SPAN_OF_TEXT("read memory it may not"),
    [FAULT_WRITE] = SPAN_OF_TEXT("wrote memory it may not"),
    [FAULT_EXECUTE] = SPAN_OF_TEXT("jumped to memory it may not execute"),
    [FAULT_STACK] = SPAN_OF_TEXT("its stack pointer is bad"),
    [FAULT_ILLEGAL_INSTRUCTION] = SPAN_OF_TEXT("illegal instruction"),
    [FAULT_ILLEGAL_STATE] = SPAN_OF_TEXT("jumped to an address without the Thumb bit"),
    [FAULT_MISALIGNED] = SPAN_OF_TEXT("misaligned access"),
    [FAULT_DIVIDE_BY_ZERO] = SPAN_OF_TEXT("division by zero"),
    [FAULT_BREAKPOINT] = SPAN_OF_TEXT("breakpoint without a debugger"),
    [FAULT_BUS] = SPAN_OF_TEXT("nothing answered at an address it may use"),
    [FAULT_UNKNOWN_SYSTEM_CALL] = SPAN_OF_TEXT("system call that does not exist"),
    [FAULT_REQUESTED] = SPAN_OF_TEXT("somebody asked for it"),
    [FAULT_OTHER] = SPAN_OF_TEXT("fault of the hardware's own kind"),
};

static bool is_in(uint32_t address, uint32_t start, uint32_t end)
{
	return address >= start && address < end;
}

static bool is_below_ram(const struct process_description *process, uint32_t address)
{
	uint32_t end = process->ram_start;

	return is_in(address, end < WINDOW ? 0 : end - WINDOW, end);
}

static bool is_stack_overflow(const struct process_description *process)
{
	const struct fault *fault = &process->fault;
	uint32_t bottom = process->ram_start;
	bool stack_pointer_is_low = is_below_ram(process, process->stack_pointer) ||
				    is_in(process->stack_pointer, bottom, bottom + ONE_PUSH);

	switch (fault->cause) {
	case FAULT_STACK:
		return stack_pointer_is_low;
	case FAULT_DATA_ACCESS:
	case FAULT_READ:
	case FAULT_WRITE:
		return stack_pointer_is_low && fault->address_valid &&
		       is_below_ram(process, fault->address);
	default:
		return false;
	}
}

void fault_line_add_cause(struct text *line, const struct process_description *process)
{
	uint32_t cause = process->fault.cause;

	if (is_stack_overflow(process)) {
		text_add(line, SPAN_OF_TEXT("stack overflow, "));
	}
	text_add(line, words_by_cause[cause < ARRAY_LENGTH(words_by_cause) ? cause : FAULT_OTHER]);
}

void fault_line_add_address(struct text *line, const struct process_description *process,
			    const struct kernel_memory *kernel,
			    const struct process_inspect_capability *inspect)
{
	text_add(line, SPAN_OF_TEXT("  "));
	if (process->fault.address_valid) {
		process_words_add(line, SPAN_OF_TEXT("address 0x{lw}"), process);
		fault_owner_add(line, process, kernel, inspect);
		text_add(line, SPAN_OF_TEXT("; "));
	}
	process_words_add(line, SPAN_OF_TEXT("status {mx}"), process);
}

bool fault_line_add_registers(struct text *line, struct process_id process, uint32_t row,
			      const struct process_inspect_capability *inspect)
{
	struct process_registers registers = {0};
	uint32_t first = row * REGISTERS_PER_ROW;

	if (!process_registers_read(process, inspect, &registers)) {
		registers.count = 0;
	}
	if (registers.count == 0 && row == 0) {
		text_add(line, SPAN_OF_TEXT("  the registers could not be read"));
		return true;
	}
	if (first >= minimum(registers.count, PROCESS_REGISTERS_MAX)) {
		return false;
	}
	for (uint32_t i = 0; i < REGISTERS_PER_ROW && first + i < registers.count &&
			     first + i < PROCESS_REGISTERS_MAX;
	     i++) {
		uint32_t column = REGISTER_COLUMN + i * REGISTER_WIDTH;

		text_fill_to(line, column, ' ');
		text_add(line, process_register_name(first + i));
		text_fill_to(line, column + REGISTER_NAME_WIDTH, ' ');
		if ((registers.missing >> ((first + i) % 32) & 1) != 0) {
			text_add(line, SPAN_OF_TEXT("--------"));
		} else {
			text_add_hex_padded(line, registers.values[first + i]);
		}
	}
	return true;
}

void fault_line_add_counts(struct text *line, const struct process_description *process)
{
	process_words_add(
	    line,
	    SPAN_OF_TEXT("  system calls {d}, upcalls dropped {i}, slices expired {c},"
			 " restarts {e}"),
	    process);
}
