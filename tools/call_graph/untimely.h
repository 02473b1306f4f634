#pragma once

#include <tools/call_graph/contexts.h>
#include <tools/call_graph/machine.h>

/* What may run while the kernel is half-way through something: the `nested` and `abrupt` entries of
 * machine.h (kernel/execution_context.h says it from the kernel's side).
 *
 *   X1  Whatever such an entry reaches reads and writes no variable of static life, but constants
 *       and those that are ANY_CONTEXT.
 *   X2  It stops to count where a function that SEIZES_KERNEL_CONTEXT begins, which must be one that
 *       never returns: what was half-way stays so.
 *
 * Refuses, with the calls that lead there. */
void untimely_check(const struct machine *machine, const struct contexts *contexts,
		    const number_list *roots);
