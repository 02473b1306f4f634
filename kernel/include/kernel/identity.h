#pragma once

#include <kernel/annotation.h>
#include <kernel/process_id.h>
#include <kernel/span.h>

/* Who a process is beyond its present life: what stored data is labelled with, and may be reached
 * by. For drivers that store; capsules/storage_permission.h has the usual rules. */

/* The application's ShortId, the same in every life and after every boot; 0: it has none, or the
 * process is gone. No two processes have the same one, but 0. */
uint32_t process_short_id(struct process_id id);

/* The value of the header's StoragePermissions element: u32 write id, u16 n, n x u32 ids to read,
 * u16 m, m x u32 ids to modify. The kernel has checked that it is whole and that n and m are at most
 * 8. Empty: there is none, or the process is gone. */
struct read_span process_storage_permissions(struct process_id id);
