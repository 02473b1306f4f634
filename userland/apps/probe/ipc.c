#include "probe.h"

/* Items 41 to 46: the driver for inter-process communication, as one process alone sees it. */

enum {
	DISCOVER = 1,
	NOTIFY_SERVICE = 2,
	NOTIFY_CLIENT = 3,
	PROCESSES = 8, /* indices that the driver has slots for */
};

static const char own_name[] = "probe";

static bool ipc_gives(uint32_t number, uint32_t argument, struct wanted wanted)
{
	return gives(CLASS_COMMAND, DRIVER_IPC, number, argument, OTHER_JUNK, wanted);
}

static void share_name(const char *name, uint32_t length)
{
	allow_read_only(DRIVER_IPC, 0, name, length);
}

static uint32_t own_index(void)
{
	share_name(own_name, sizeof(own_name) - 1);
	return command(DRIVER_IPC, DISCOVER, 0, 0).value1;
}

static enum verdict ipc_present(void)
{
	return verdict(ipc_gives(0, JUNK, SUCCESS) && ipc_gives(4, JUNK, FAILURE(ERROR_NOSUPPORT)));
}

static enum verdict ipc_discover_self(void)
{
	uint32_t index = own_index();

	return verdict(index < PROCESSES && ipc_gives(DISCOVER, JUNK, SUCCESS_1(index)));
}

static enum verdict ipc_discover_other_names(void)
{
	share_name(0, 0);
	bool right = ipc_gives(DISCOVER, JUNK, FAILURE(ERROR_NODEVICE));
	share_name(own_name, sizeof(own_name));
	right = right && ipc_gives(DISCOVER, JUNK, FAILURE(ERROR_NODEVICE));
	share_name(own_name, sizeof(own_name) - 2);
	return verdict(right && ipc_gives(DISCOVER, JUNK, FAILURE(ERROR_NODEVICE)));
}

static enum verdict ipc_notify_self(void)
{
	return verdict(ipc_gives(NOTIFY_SERVICE, own_index(), SUCCESS) &&
		       ipc_gives(NOTIFY_CLIENT, own_index(), SUCCESS));
}

static enum verdict ipc_notify_nobody(void)
{
	return verdict(ipc_gives(NOTIFY_SERVICE, PROCESSES, FAILURE(ERROR_INVAL)) &&
		       ipc_gives(NOTIFY_CLIENT, 0xFFFFFFFF, FAILURE(ERROR_INVAL)));
}

static enum verdict ipc_slots(void)
{
	static uint8_t buffer[4];
	uint32_t address = (uint32_t)buffer;

	return verdict(
	    gives(CLASS_ALLOW_READ_WRITE, DRIVER_IPC, PROCESSES - 1, address, 4, SUCCESS_2(0, 0)) &&
	    gives(CLASS_ALLOW_READ_WRITE, DRIVER_IPC, PROCESSES - 1, 0, 0, SUCCESS_2(address, 4)) &&
	    gives(CLASS_ALLOW_READ_WRITE, DRIVER_IPC, PROCESSES, address, 4,
		  FAILURE_2(ERROR_NOSUPPORT, address, 4)) &&
	    gives(CLASS_ALLOW_READ_ONLY, DRIVER_IPC, 1, address, 4,
		  FAILURE_2(ERROR_NOSUPPORT, address, 4)) &&
	    gives(CLASS_SUBSCRIBE, DRIVER_IPC, PROCESSES - 1, 0, JUNK, SUCCESS_2(0, 0)) &&
	    gives(CLASS_SUBSCRIBE, DRIVER_IPC, PROCESSES, 0, JUNK,
		  FAILURE_2(ERROR_NOSUPPORT, 0, JUNK)));
}

const struct item ipc[] = {
    {41, ipc_present},
    {42, ipc_discover_self},
    {43, ipc_discover_other_names},
    {44, ipc_notify_self},
    {45, ipc_notify_nobody},
    {46, ipc_slots},
    {0, 0},
};
