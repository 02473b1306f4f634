#pragma once

#include <kernel/capsule.h>

/* Whose stored data a process may reach. For drivers that store: each piece of data carries a label,
 * the ShortId of the application that wrote it. The board picks a policy for each driver.
 *
 *   SP1  A process without a ShortId reaches nothing under any policy.
 *   SP2  Nobody reaches data labelled 0; a driver may keep its own under it.
 *   SP3  Tell a process that data is missing and that it may not have it in the same way.
 */
enum storage_policy {
	STORAGE_POLICY_NOBODY, /* no process reaches anything */
	STORAGE_POLICY_OWN,    /* each its own data */
	/* What the StoragePermissions element lists; without it nothing. Own data is not an
	 * exception: it can be read, or modified, if the own ShortId is listed. */
	STORAGE_POLICY_HEADER,
};

bool storage_permission_may_read(enum storage_policy policy, struct process_id id, uint32_t label);
bool storage_permission_may_modify(enum storage_policy policy, struct process_id id,
				   uint32_t label);

/* The label for new data of this process; 0: it may not write any. By the header it may if its write
 * id is not 0; the label is its ShortId all the same. */
uint32_t storage_permission_label(enum storage_policy policy, struct process_id id);
