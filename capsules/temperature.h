#pragma once

#include <hil/temperature_sensor.h>
#include <kernel/capsule.h>

/* System-call driver 0x60000: the temperature.
 *
 *     command 0      -> there is a sensor, as far as the board knows
 *     command 1      measure
 *     upcall 0       (hundredths of a degree Celsius, signed; 0, or an error; 0)
 *
 *   T1  A process that was answered "success" by command 1 gets one upcall for it, with the measurement that is under
 *       way then, or with the one that begins. It may ask again before that, for the same upcall.
 *   T2  Any number of processes may ask at a time: one measurement is for all of them.
 *   T3  When the sensor does not answer, the upcall has the error and TEMPERATURE_NONE, which no place has: an
 *       application of Tock's, which looks at the first number only, must not take it for a temperature.
 *   T4  Command 1 answers ERROR_NOMEM when the process has no memory for its grant, and the sensor's error when
 *       the measurement cannot begin; nobody waits then.
 *
 * RAM: 6 words, and one in the grant of each process that asked. */

enum {
	TEMPERATURE_NONE = INT32_MIN
};

struct temperature_app {
	bool is_waiting;
};

GRANT_DEFINE(temperature_grant, struct temperature_app, .upcalls = 1);

struct temperature_driver {
	struct driver driver;
	struct temperature_grant grant;
	struct temperature_client client;
	struct temperature_sensor *sensor;
};

void temperature_driver_init(struct temperature_driver *self, struct temperature_sensor *sensor);
