#pragma once

#include <capsules/kernel_memory.h>
#include <capsules/text.h>

/* Adds ": " and whose memory it is where the process's fault was: a part of its own, another process's, the kernel's, or
 * nobody's. No more than 60 characters if names are not longer than 24. */
void fault_owner_add(struct text *line, const struct process_description *process,
		     const struct kernel_memory *kernel,
		     const struct process_inspect_capability *inspect);
