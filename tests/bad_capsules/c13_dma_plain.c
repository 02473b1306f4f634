/* An address in a register for numbers.
 *
 * EXPECT: refuse C13 "private_address"
 * PROFILE: chip
 */

#include "bad_dma.h"

REGISTER_READ_WRITE(bad_plain, uint32_t, 0x00000000);
REGISTER_DMA_LENGTH(bad_plain_count, 0xFFFF);

struct bad_plain_registers {
	struct bad_plain_register source AT_OFFSET(0x0);
	struct bad_plain_count_register count AT_OFFSET(0x4);
	struct bad_control_register control AT_OFFSET(0x8);
	struct bad_status_register status AT_OFFSET(0xC);
};
DMA_CHANNEL(bad_plain, send, source, count, control, start, status, busy);
