#pragma once

#include "fixture.h"

/* The fixture's drivers, TALKER, PLAIN and LARGE. */

void drivers_init(struct board *board);

/* Upcall `number` of TALKER for a process, `times` times, the first argument counting up. */
struct drivers_event {
	struct process_id id;
	uint32_t number;
	uint32_t arguments[3];
	uint32_t times;
	enum error_code error; /* of the last */
};

void drivers_schedule(struct drivers_event *event);
