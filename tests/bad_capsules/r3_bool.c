/* Other values than true and false may come.
 *
 * EXPECT: refuse R3 "_Bool"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_READ_ONLY(bad_where, bool, RESET_UNKNOWN);
