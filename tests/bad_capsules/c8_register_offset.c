/* An offset that is computed.
 *
 * EXPECT: refuse C8 "AT_OFFSET"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

struct bad_block {
	struct bad_data_register data AT_OFFSET(4 - 4);
};
