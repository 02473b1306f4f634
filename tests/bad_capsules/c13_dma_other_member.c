/* The alignment of another register.
 *
 * EXPECT: refuse C13 "is not a struct bad_twin_target_register"
 * PROFILE: chip
 */

#include "bad_dma.h"

struct bad_twin_registers {
	struct bad_source_register target AT_OFFSET(0x0);
	struct bad_count_register count AT_OFFSET(0x4);
	struct bad_control_register control AT_OFFSET(0x8);
	struct bad_status_register status AT_OFFSET(0xC);
};
REGISTER_DMA_ADDRESS(bad_twin_target, 1);
DMA_CHANNEL(bad_twin, send, target, count, control, start, status, busy);
