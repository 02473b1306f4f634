#include <ipc.h>

enum {
	COMMAND_DISCOVER = 1,
	COMMAND_NOTIFY_SERVICE = 2,
	COMMAND_NOTIFY_CLIENT = 3,
	NAME_SLOT = 0,
};

static uint32_t text_length(const char *text)
{
	uint32_t length = 0;

	while (text[length] != 0) {
		length++;
	}
	return length;
}

enum error_code ipc_discover(const char *name, uint32_t *index)
{
	enum error_code error =
	    error_of(allow_read_only(DRIVER_IPC, NAME_SLOT, name, text_length(name)));

	if (error != ERROR_NONE) {
		return error;
	}

	struct system_call_return found = command(DRIVER_IPC, COMMAND_DISCOVER, 0, 0);

	allow_read_only(DRIVER_IPC, NAME_SLOT, 0, 0);
	if (succeeded(found)) {
		*index = found.value1;
	}
	return error_of(found);
}

enum error_code ipc_serve(const char *name, upcall_function *called, uint32_t data)
{
	uint32_t own;
	enum error_code error = ipc_discover(name, &own);

	return error == ERROR_NONE ? ipc_listen(own, called, data) : error;
}

enum error_code ipc_listen(uint32_t service, upcall_function *called, uint32_t data)
{
	return error_of(subscribe(DRIVER_IPC, service, called, data));
}

enum error_code ipc_share(uint32_t index, void *buffer, uint32_t length)
{
	return error_of(allow_read_write(DRIVER_IPC, index, buffer, length));
}

enum error_code ipc_notify_service(uint32_t service)
{
	return error_of(command(DRIVER_IPC, COMMAND_NOTIFY_SERVICE, service, 0));
}

enum error_code ipc_notify_client(uint32_t client)
{
	return error_of(command(DRIVER_IPC, COMMAND_NOTIFY_CLIENT, client, 0));
}
