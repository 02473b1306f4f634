/* Looks for a process whose name is in memory that is not its own.
 *
 * EXPECT: refused */
#include <attack.h>
#include <ipc.h>

ATTACK("ipc_discover_outside")
{
	const uint32_t places[] = {KERNEL_FLASH,  KERNEL_RAM,    other_ram(),
				   other_flash(), NOTHING_THERE, app_break() - 4};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		void *place = (void *)places[i];
		if (must_refuse(allow_read_only(DRIVER_IPC, 0, place, 8), ERROR_INVAL, "name") ==
			BREACH ||
		    must_refuse(allow_read_only(DRIVER_IPC, 0, place, 0xFFFFFFF8), ERROR_INVAL,
				"huge name") == BREACH ||
		    must_refuse(command(DRIVER_IPC, 1, 0, 0), ERROR_NODEVICE, "found") == BREACH) {
			return BREACH;
		}
	}
	return REFUSED;
}
