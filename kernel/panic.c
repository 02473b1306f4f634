/* The end. What is known is kept, the stack is given up, and a reporter that the board names tells it.
 *
 * A panic inside the report, of any kind, comes here again: it gets one line. One inside that line gets
 * none. */

#include "kernel.h"
#include "trap_places.h"
#include <arch/arch.h>
#include <kernel/board.h>
#include <stddef.h>

extern const uint8_t _kernel_flash_start[], _kernel_stack_start[], _kernel_stack_end[];

static void panic_write(struct read_span text)
{
	panic_writer_write(kernel.board->panic_writer, text);
}

static void panic_write_line(struct read_span before, struct read_span message)
{
	panic_write(before);
	panic_write(message);
	panic_write(SPAN_OF_TEXT("\r\n"));
}

/* Where the first two are described, each of which gets an empty stack; those after them only halt. */
static struct panic_description *panic_begin(struct read_span message)
{
	kernel.panics++;
	if (kernel.panics > 2) {
		arch_halt();
	}
	kernel.panic = (struct panic_description){
	    .message = message,
	    .stack_start = (uint32_t)(uintptr_t)_kernel_stack_start,
	    .stack_end = (uint32_t)(uintptr_t)_kernel_stack_end,
	};
	return &kernel.panic;
}

noreturn void kernel_panic_report(void)
{
	const struct board *board = kernel.board;

	if (board == NULL) { /* the board's own start-up goes wrong */
		arch_halt();
	}
	if (kernel.panics == 1) {
		panic_write_line(SPAN_OF_TEXT("\r\nkernel panic: "), kernel.panic.message);
		if (board->panic_reporter != NULL) {
			panic_reporter_report(board->panic_reporter, &kernel.panic);
		}
	} else {
		panic_write_line(SPAN_OF_TEXT("\r\nthe report ends here: "), kernel.panic.message);
	}
	arch_halt();
}

/* The place is that of the call, which its return address is behind (and perhaps in the next function). */
static noreturn void panic_of_call(struct read_span message, const void *return_address,
				   const void *frame)
{
	struct panic_description *panic = panic_begin(message);

	panic->program_counter = ((uint32_t)(uintptr_t)return_address & ~1u) - 2;
	panic->stack_pointer = (uint32_t)(uintptr_t)frame;
	arch_panic();
}

noreturn void kernel_panic(struct read_span message)
{
	panic_of_call(message, __builtin_return_address(0), __builtin_frame_address(0));
}

void kernel_panic_request(struct read_span message,
			  const struct process_control_capability *capability)
{
	(void)capability;
	panic_of_call(message, __builtin_return_address(0), __builtin_frame_address(0));
}

/* Whether it is there that the compiler put a trap. */
static void panic_find_place(struct panic_description *panic)
{
	uint32_t start = (uint32_t)(uintptr_t)_kernel_flash_start;
	uint32_t offset = (panic->program_counter - start) / 2;

	for (uint32_t i = 0; i < trap_place_count; i++) {
		if (trap_places[i].offset == offset) {
			panic->trap_file = trap_files[trap_places[i].file_line >> 11];
			panic->trap_line = trap_places[i].file_line & 0x7ff;
		}
	}
}

noreturn void kernel_panic_fault(const struct fault *fault, uint32_t program_counter, uint32_t link,
				 uint32_t stack_pointer)
{
	struct panic_description *panic = panic_begin(SPAN_OF_TEXT("fault in the kernel"));

	panic->program_counter = program_counter;
	panic->link = link;
	panic->stack_pointer = stack_pointer;
	panic->fault = *fault;
	panic_find_place(panic);
	arch_panic();
}
