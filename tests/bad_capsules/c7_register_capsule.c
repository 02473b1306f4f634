/* A capsule with registers.
 *
 * EXPECT: refuse C7 "REGISTER_READ_WRITE"
 */

#include "bad.h"
#include <kernel/register.h>

REGISTER_READ_WRITE(bad_data, uint32_t, 0x00000000);
