#pragma once

#include <kernel/capsule.h>
#include <kernel/share.h>

/* System-call driver 0x10000: processes find each other by name, notify each other, and share memory.
 *
 *     command 0      exists
 *     command 1      discover: -> the index of the first process whose package name is exactly the
 *                    bytes in the read-only buffer 0; ERROR_NODEVICE: there is none
 *     command 2 (i)  notify process i as a service: its upcall i
 *     command 3 (i)  notify process i as a client: its upcall with the caller's index for a number
 *     read-write buffer i   what process i gets to see, by one of these, until it is replaced
 *     upcall n (the sender's index, length and address of the buffer, or 0, 0)
 *
 * An index is a slot in the process table.
 *
 *   I1  Notifying oneself succeeds and does nothing. ERROR_INVAL: no process has that index.
 *       Otherwise the errors, and what can be reached how long, are those of kernel/share.h.
 *   I2  A name longer than IPC_NAME_MAX bytes is not found. Processes that have ended are.
 *   I3  Nobody is charged for another's call: a notification takes no memory of who gets it before
 *       that process runs a function that it subscribed.
 *
 * RAM: 8 words; in each process that uses it 17 double words and one. */
enum {
	IPC_PROCESSES = 8, /* indices from here on can be neither notified nor shared with */
	IPC_NAME_MAX = 255,
};

/* All that is remembered is in the slots. */
struct ipc_app {
	uint8_t nothing;
};

GRANT_DEFINE(ipc_grant, struct ipc_app, .upcalls = IPC_PROCESSES, .read_only = 1,
	     .read_write = IPC_PROCESSES);

struct ipc {
	struct driver driver;
	struct ipc_grant grant;
	const struct process_inspect_capability *inspect;
	const struct process_share_capability *share;
};

void ipc_init(struct ipc *self, const struct process_inspect_capability *inspect,
	      const struct process_share_capability *share);
