/* Two registers at one address.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_chip.h"

static uint32_t bad_f(struct bad_registers *registers)
{
	bad_sent_write(&registers->sent, 1);
	return bad_received_read(&registers->received);
}
