/* Writes to a GPIO port (a virtio device where there is none).
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_gpio")
{
	poke(GPIO, 0xFF);
	return SURVIVED;
}
