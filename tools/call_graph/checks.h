#pragma once

#include <tools/call_graph/interfaces.h>

/* What must hold of all contexts that the roots reach. Each refuses, with the calls that lead there.
 *
 *   K1  Every call is known, and no function takes stack by an amount known only at run time.
 *   K2  No context calls itself, through whatever other contexts.
 *   K3  No callback is called from inside a downcall: completion comes from an interrupt, a deferred
 *       call or the kernel, never from inside the call that asked for it. */
struct checked {
	uint32_t contexts;  /* that the roots reach */
	uint32_t downcalls; /* among them */
	uint32_t callbacks;
	bool *reached; /* by context */
};

struct checked checks_run(const struct contexts *contexts, const struct interfaces *interfaces,
			  const number_list *roots);
