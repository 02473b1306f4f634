#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* Inter-process communication, driver 0x10000: find a process by its package name, share a buffer with
 * it, notify it.
 *
 * A service is known by its name. Who wants something of it discovers it, shares a buffer with it,
 * notifies it, and is notified back. Both sides see the same bytes. Processes know each other by
 * index, the same number in every call.
 *
 * A function called for an event gets (the other's index, length of the buffer that the other shares
 * or 0, its address, data); it comes at a yield_wait or yield_no_wait, and never during the waiting
 * functions of other drivers. The buffer can be used until the other takes it back or ends: then
 * touching it is a fault. What stands in it may change at any time. */

/* A buffer that can be shared on every board: `bytes` is a power of two, from 32 on. */
#define IPC_BUFFER(bytes) __attribute__((aligned(bytes)))

/* ERROR_NODEVICE: no process has that name. */
enum error_code ipc_discover(const char *name, uint32_t *index);

/* From now on `called` is run when somebody notifies this process, whose package name is `name`. */
enum error_code ipc_serve(const char *name, upcall_function *called, uint32_t data);

/* From now on `called` is run when this service notifies back. */
enum error_code ipc_listen(uint32_t service, upcall_function *called, uint32_t data);

/* Shares a buffer with process `index`, which can reach it from its next notification on. It replaces
 * the one before, which `index` can no longer reach; NULL and 0: shares nothing. */
enum error_code ipc_share(uint32_t index, void *buffer, uint32_t length);

/* ERROR_INVAL: no such process. ERROR_NODEVICE: it has ended. ERROR_SIZE: this board cannot share the
 * buffer. ERROR_BUSY: it has not yet taken the last one. ERROR_NOMEM: its queue is full. */
enum error_code ipc_notify_service(uint32_t service);
enum error_code ipc_notify_client(uint32_t client);

/* Notifies a service and waits for it to notify back: a call that has an answer. The kernel has no yield-wait-for
 * for this event, so upcalls of other drivers and timers run meanwhile; timeout 0 waits for ever, which is how long
 * a service that ends without an answer takes. Replaces what ipc_listen set. ERROR_CANCEL: no answer within the
 * time; one that comes later is not noticed. Others as ipc_notify_service. */
enum error_code ipc_call(uint32_t service, uint32_t timeout_ms);

LINKAGE_C_END
