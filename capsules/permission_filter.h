#pragma once

#include <kernel/capsule.h>
#include <kernel/system_call_filter.h>

/* Lets an application do what its Permissions element lists (kernel/system_call_filter.h).
 *
 *   P1  A command is allowed when its bit is set: bit (number % 64) of the mask of the first entry
 *       for the driver whose group is number / 64.
 *   P2  Subscribe and allow are allowed when there is any entry for the driver.
 *   P3  What is not allowed gets ERROR_NODEVICE, as if there were no such driver.
 *
 * An application without the element is not asked about. Wiring: the board's `system_call_filter`,
 * with the kernel's module filter_board. RAM: one word. */
struct permission_filter {
	struct system_call_filter filter;
};

void permission_filter_init(struct permission_filter *self);
