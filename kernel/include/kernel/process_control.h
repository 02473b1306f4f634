#pragma once

#include <kernel/capability.h>
#include <kernel/error.h>
#include <kernel/process_id.h>

/* Changing the life of processes, for those whom a board trusts that far.
 *
 *   L1  A call acts on the life that `id` names. ERROR_NODEVICE: there is no such life; it has been
 *       followed by another, or never was.
 *   L2  Calls may come from anywhere, also from a command of the process that they are about. What
 *       they do is done when they return, but for the start of a new life and the report of a
 *       fault: these come before any process runs again.
 *   L3  A life that has ended keeps its identity, for those who ask, until the next begins. Then
 *       the old `id` is refused by every call of the kernel: this header's, grants, upcalls.
 */

/* Takes a living process off the processor until process_resume(). It keeps its state, and events
 * are queued for it or change its state as ever, but it is not scheduled.
 * ERROR_ALREADY: it is stopped. ERROR_INVAL: it has faulted or was terminated. */
enum error_code process_stop(struct process_id id,
			     const struct process_control_capability *capability);

/* Lets it go on where it was. ERROR_ALREADY: it is not stopped. */
enum error_code process_resume(struct process_id id,
			       const struct process_control_capability *capability);

/* Ends its life, whether it runs, is stopped or has faulted. Its grants are gone, and so is what
 * was queued for it. ERROR_ALREADY: it was terminated. */
enum error_code process_terminate(struct process_id id,
				  const struct process_control_capability *capability);

/* Starts a terminated process again: a new life, with an identity of its own, from the entry point.
 * ERROR_INVAL: it is not terminated. */
enum error_code process_boot(struct process_id id,
			     const struct process_control_capability *capability);

/* Makes a living process fault, with FAULT_REQUESTED as the cause: the observer is told and the
 * fault policy acts, as for any fault. ERROR_ALREADY: it has faulted. ERROR_INVAL: it was
 * terminated. */
enum error_code process_make_fault(struct process_id id,
				   const struct process_control_capability *capability);
