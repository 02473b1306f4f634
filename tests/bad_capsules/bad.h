#pragma once

#include <hil/alarm.h>
#include <hil/uart.h>
#include <kernel/capsule.h>
#include <kernel/clock.h>
#include <kernel/fault_policy.h>
#include <kernel/observer.h>
#include <kernel/process_control.h>
#include <kernel/resume_client.h>
#include <kernel/slice_timer.h>
#include <kernel/system_reset.h>

/* What the samples of this folder have in common: an object with one of everything. */

struct bad_app {
	uint32_t x;
	uint32_t values[4];
};

GRANT_DEFINE(bad_grant, struct bad_app, .upcalls = 1, .read_only = 1, .read_write = 1);

struct bad_point {
	uint32_t x, y;
};

struct bad_shape {
	const struct bad_point *corner;
	uint32_t sides;
};

struct bad {
	struct driver driver;
	struct alarm_client client;
	struct alarm_client other_client;
	struct alarm offered;
	struct deferred_call deferred;
	struct bad_grant grant;
	struct alarm *alarm;
	struct uart *uart;
	const struct process_control_capability *control;
	const struct bad_point *point;
	struct bad *next NULLABLE;
	struct bad *friends[4];
	struct buffer buffer;
	struct buffer spare;
	struct read_span words;
	struct process_id process;
	struct bad_point points[4];
	uint32_t numbers[8];
	uint32_t grid[4][4];
	uint32_t index;
	uint8_t small;
	bool flag;
};
