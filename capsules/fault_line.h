#pragma once

#include <capsules/text.h>

/* The single lines of a fault report. None adds the line's end, none is longer than 80 characters
 * if names are not longer than 24. */

/* Where the kernel itself lives, to name the owner of an address. Each range is [start, end). */
struct kernel_memory {
	uint32_t flash_start, flash_end;
	uint32_t ram_start, ram_end;
};

/* Why it faulted, in words. A fault that is most likely the stack growing out of the process's RAM
 * is called a stack overflow first. */
void fault_line_add_cause(struct text *line, const struct process_description *process);

/* The address and whose memory it is, and what the hardware said. */
void fault_line_add_address(struct text *line, const struct process_description *process,
			    const struct kernel_memory *kernel,
			    const struct process_inspect_capability *inspect);

/* Row `row` (from 0) of the registers, four to a row; false when there is no such row. */
bool fault_line_add_registers(struct text *line, struct process_id process, uint32_t row,
			      const struct process_inspect_capability *inspect);

void fault_line_add_counts(struct text *line, const struct process_description *process);
