/* System-call driver 0x60000: the temperature.
 *
 * Who waits is written in the grants, and whether a measurement is under way only the sensor knows: it says so when it is
 * asked for another. Invariant: between calls, while a process waits a measurement is under way. */

#include <capsules/temperature.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_READ = 1,

	UPCALL_MEASURED = 0,
};

static void temperature_driver_measured(struct temperature_driver *self, int32_t hundredths,
					enum error_code status)
{
	int32_t told = status == ERROR_NONE ? hundredths : TEMPERATURE_NONE;

	GRANT_EACH(temperature_grant, app, &self->grant) {
		if (app.state->is_waiting) {
			app.state->is_waiting = false;
			/* An upcall that finds no room is counted by the kernel; there is nobody to tell. */
			(void)upcall_schedule(app.access, UPCALL_MEASURED, (uint32_t)told, status,
					      0);
		}
	}
}

TEMPERATURE_CLIENT_IMPLEMENT(temperature_driver, struct temperature_driver, client,
			     .measured = temperature_driver_measured);

static struct command_result temperature_driver_read(struct temperature_driver *self,
						     struct process_id caller)
{
	struct command_result result = command_failure(ERROR_NOMEM);

	GRANT_ENTER(temperature_grant, app, &self->grant, caller) {
		enum error_code error = temperature_sensor_read(self->sensor);

		if (error == ERROR_BUSY) {
			error = ERROR_NONE;
		}
		app.state->is_waiting = error == ERROR_NONE;
		result = command_status(error);
	}
	return result;
}

static struct command_result temperature_driver_command(struct temperature_driver *self,
							struct process_id caller, uint32_t command,
							uint32_t unused1, uint32_t unused2,
							struct command_reply *reply)
{
	(void)unused1;
	(void)unused2;
	(void)reply;
	switch (command) {
	case COMMAND_EXISTS:
		return command_success();
	case COMMAND_READ:
		return temperature_driver_read(self, caller);
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(temperature_driver, struct temperature_driver, driver,
		 .command = temperature_driver_command);

void temperature_driver_init(struct temperature_driver *self, struct temperature_sensor *sensor)
{
	self->sensor = sensor;
	temperature_grant_init(&self->grant);
	driver_bind(&self->driver, &temperature_driver_driver_operations, &self->grant.grant);
	temperature_client_bind(&self->client, &temperature_driver_temperature_client_operations);
	temperature_sensor_set_client(sensor, &self->client);
}
