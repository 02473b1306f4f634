/* Takes the place of a function of the kernel.
 *
 * EXPECT: refuse A3 "'deferred_calls_run'"
 */

#include "bad.h"

void deferred_calls_run(void);
void deferred_calls_run(void)
{
}
