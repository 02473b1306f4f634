/* In place of capsules/memory_map.c, for boards that have no flash for pictures: none is drawn. */

#include <capsules/memory_map.h>

bool memory_map_add_row(struct text *line, const struct process_description *process, uint32_t row)
{
	(void)line;
	(void)process;
	(void)row;
	return false;
}

bool memory_map_add_kernel_row(struct text *line, const struct kernel_memory *kernel, uint32_t row)
{
	(void)line;
	(void)kernel;
	(void)row;
	return false;
}
