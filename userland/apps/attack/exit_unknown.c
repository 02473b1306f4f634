/* Exits in ways that do not exist.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("exit_unknown")
{
	for (uint32_t way = 2; way < 6; way++) {
		if (must_refuse(trap(CLASS_EXIT, way, 0, 0, 0), ERROR_NOSUPPORT, "exit") ==
		    BREACH) {
			return BREACH;
		}
	}
	return must_refuse(trap(CLASS_EXIT, 0xFFFFFFFF, 0, 0, 0), ERROR_NOSUPPORT, "exit");
}
