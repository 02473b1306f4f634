#include <clock.h>
#include <heap.h>
#include <line.h>
#include <stack.h>

/* How deep the stack has been and how large the heap is, after known amounts of either have been used. */

enum {
	FRAME = 64, /* bytes that each level below keeps on the stack, at least */
	PIECE = 128,
	PIECES = 3,
};

static void print(const char *when)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "memory_report: ");
	line_text(&line, when);
	line_text(&line, ": stack ");
	line_decimal(&line, stack_used());
	line_text(&line, " of ");
	line_decimal(&line, stack_size());
	line_text(&line, ", heap ");
	line_decimal(&line, heap_used());
	line_text(&line, ", room ");
	line_decimal(&line, heap_room());
	line_text(&line, "\n");
	line_print(&line);
}

/* Not inlined, and with work after the call: each level has a frame of its own. */
static __attribute__((noinline)) uint32_t descend(uint32_t levels)
{
	volatile uint8_t frame[FRAME];

	for (uint32_t i = 0; i < FRAME; i++) {
		frame[i] = (uint8_t)levels;
	}
	if (levels > 1) {
		levels += descend(levels - 1);
	}
	return levels + frame[0];
}

int main(void)
{
	stack_paint();
	print("begin");
	descend(4);
	print("after 4 levels");
	descend(8);
	print("after 8 levels");
	for (uint32_t i = 0; i < PIECES; i++) {
		heap_extend(PIECE);
	}
	print("heap taken");
	heap_extend(-PIECE);
	print("some given back");
	return 0;
}
