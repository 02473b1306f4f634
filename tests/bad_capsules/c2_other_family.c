/* Another family's addresses.
 *
 * EXPECT: refuse C2 "chips/lm3s/map.h"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

#include <chips/lm3s/map.h>

static uint32_t bad_f(void)
{
	return LM3S_UART0_ADDRESS;
}
