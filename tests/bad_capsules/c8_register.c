/* More than a type.
 *
 * EXPECT: refuse C8 "REGISTER_WRITE_ONLY"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t private_x; uint32_t);
