#pragma once

#include <hil/alarm.h>
#include <kernel/capability.h>
#include <kernel/panic_writer.h>

/* Does to the process in slot 1 all that kernel/process_control.h offers, one thing each time its alarm
 * fires, which is at any instruction of whoever runs, and prints what came of it: "meddler: stop 0".
 * A part of the boards that tests make. */
struct meddler {
	struct alarm_client client;
	struct alarm *alarm;
	struct panic_writer *writer;
	const struct process_inspect_capability *inspect;
	const struct process_control_capability *control;
	uint32_t step;
};

void meddler_init(struct meddler *self, struct alarm *alarm, struct panic_writer *writer,
		  const struct process_inspect_capability *inspect,
		  const struct process_control_capability *control);
