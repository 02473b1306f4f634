#include <temperature.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_READ = 1,
};

bool temperature_is_there(void)
{
	return succeeded(command(DRIVER_TEMPERATURE, COMMAND_EXISTS, 0, 0));
}

enum error_code temperature_start(upcall_function *done, uint32_t data)
{
	enum error_code error =
	    error_of(subscribe(DRIVER_TEMPERATURE, TEMPERATURE_MEASURED, done, data));

	if (error == ERROR_NONE) {
		error = error_of(command(DRIVER_TEMPERATURE, COMMAND_READ, 0, 0));
	}
	return error;
}

enum error_code temperature_wait(int32_t *hundredths)
{
	struct upcall_arguments event = yield_wait_for(DRIVER_TEMPERATURE, TEMPERATURE_MEASURED);

	if (event.argument2 == ERROR_NONE) {
		*hundredths = (int32_t)event.argument1;
	}
	return (enum error_code)event.argument2;
}

enum error_code temperature_read(int32_t *hundredths)
{
	enum error_code error = error_of(command(DRIVER_TEMPERATURE, COMMAND_READ, 0, 0));

	return error == ERROR_NONE ? temperature_wait(hundredths) : error;
}
