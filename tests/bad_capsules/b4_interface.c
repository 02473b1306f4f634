/* Passes something lent to an operation that keeps it.
 *
 * EXPECT: refuse B4 "lent"
 */

#include "bad.h"
#include <hil/debug_log.h>

static void bad_f(struct debug_log *log, struct read_span words)
{
	debug_log_0(log, words);
}
