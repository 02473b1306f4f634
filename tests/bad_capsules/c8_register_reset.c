/* A reset value that is a call.
 *
 * EXPECT: refuse C8 "REGISTER_READ_ONLY"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_READ_ONLY(bad_data, uint32_t, bad_g());
