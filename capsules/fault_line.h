#pragma once

#include <capsules/kernel_memory.h>
#include <capsules/text.h>

/* The single lines of a fault report. None adds the line's end, none is longer than 80 characters
 * if names are not longer than 24. */

/* Why it faulted, in words. A fault that is most likely the stack growing out of the process's RAM
 * is called a stack overflow first. */
void fault_line_add_cause(struct text *line, const struct process_description *process);

/* The address and whose memory it is, and what the hardware said. */
void fault_line_add_address(struct text *line, const struct process_description *process,
			    const struct kernel_memory *kernel,
			    const struct process_inspect_capability *inspect);

/* Row `row` (from 0) of the registers, four to a row, those that are not known as
 * dashes; false when there is no such row. */
bool fault_line_add_registers(struct text *line, struct process_id process, uint32_t row,
			      const struct process_inspect_capability *inspect);

void fault_line_add_counts(struct text *line, const struct process_description *process);
