#include <tools/image/kernel_facts.h>

/* Offsets into struct board, and sizes, in bytes. */
#define BOARD_GROUPS      0u
#define BOARD_GROUP_COUNT 4u
#define BOARD_SLOTS       12u
#define BOARD_RAM_START   24u
#define BOARD_RAM_END     28u
#define GROUP_SIZE        8u
#define GROUP_COUNT       4u
#define WORD_SIZE         4u

/* More than any board has; keeps a damaged file from being counted for ever. */
#define GROUPS_MAX  1024u
#define DRIVERS_MAX 255u

#define GRANT_BYTES         2u
#define PROCESS_ALIGNMENT   8u
#define GRANTS_PER_LAYOUT   2u /* when the drivers are not known: a board may have a capsule twice */
#define SYMBOL_GRANT_LAYOUT "private_layout"

static uint32_t word_at(const struct program *kernel, uint32_t address)
{
	uint32_t value;

	return program_word(kernel, address, &value) ? value : 0;
}

/* F2 */
static bool find_board(const struct program *kernel, const struct ram *ram, uint32_t *board)
{
	return program_symbol(kernel, "board", board) &&
	       word_at(kernel, *board + BOARD_RAM_START) == ram->start &&
	       word_at(kernel, *board + BOARD_RAM_END) == ram->end;
}

static size_t count_group(const struct program *kernel, uint32_t group)
{
	uint32_t drivers = word_at(kernel, group);
	uint32_t entries = word_at(kernel, group + GROUP_COUNT);
	size_t count = 0;

	for (uint32_t i = 0; i < entries && i < DRIVERS_MAX; i++) {
		count += word_at(kernel, drivers + i * WORD_SIZE) != 0 ? 1 : 0;
	}
	return count;
}

static size_t count_drivers(const struct program *kernel, uint32_t board)
{
	uint32_t groups = word_at(kernel, board + BOARD_GROUPS);
	uint32_t group_count = word_at(kernel, board + BOARD_GROUP_COUNT);
	size_t count = 0;

	for (uint32_t i = 0; i < group_count && i < GROUPS_MAX; i++) {
		count += count_group(kernel, groups + i * GROUP_SIZE);
	}
	return count;
}

/* F3 */
static uint64_t kernel_part(uint64_t process_bytes, uint64_t grants)
{
	uint64_t size = process_bytes + GRANT_BYTES * (grants + 1);

	return (size + PROCESS_ALIGNMENT - 1) / PROCESS_ALIGNMENT * PROCESS_ALIGNMENT;
}

bool kernel_facts_read(struct kernel_facts *facts, const struct program *kernel)
{
	size_t grants = GRANTS_PER_LAYOUT * program_count_symbols(kernel, SYMBOL_GRANT_LAYOUT);
	uint32_t start;
	uint32_t end;
	uint32_t process_at;
	uint32_t process_size;
	uint32_t board;

	if (!program_symbol(kernel, "_process_ram_start", &start) ||
	    !program_symbol(kernel, "_process_ram_end", &end) ||
	    !program_symbol(kernel, "process_bytes", &process_at) ||
	    !program_word(kernel, process_at, &process_size)) {
		return false;
	}
	facts->ram = (struct ram){.is_arm = kernel->is_arm, .start = start, .end = end};
	facts->process_slots = KERNEL_FACTS_NO_SLOTS;
	if (find_board(kernel, &facts->ram, &board)) {
		size_t drivers = count_drivers(kernel, board);
		facts->process_slots = word_at(kernel, board + BOARD_SLOTS);
		grants = drivers < grants ? drivers : grants;
	}
	facts->ram.kernel_part = kernel_part(process_size, grants);
	return true;
}
