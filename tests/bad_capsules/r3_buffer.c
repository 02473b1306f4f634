/* The kernel's own types are no register's.
 *
 * EXPECT: refuse R3 "struct process_id"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/process_id.h>
#include <kernel/register.h>

REGISTER_READ_ONLY(bad_where, struct process_id, RESET_UNKNOWN);
