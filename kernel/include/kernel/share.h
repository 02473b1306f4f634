#pragma once

#include <kernel/capability.h>
#include <kernel/error.h>
#include <kernel/grant.h>

/* Letting one process reach a buffer of another. For the driver of inter-process communication:
 * whoever holds the capability can have any two processes share what one of them gave to it.
 *
 *   S1  What the receiver can reach is what the sender shares in that read-write slot: whole, not a
 *       byte beside it, to read and to write and never to execute.
 *   S2  Nothing can be reached before the upcall begins to run. What is shared at that moment
 *       counts, not what was shared when it was queued.
 *   S3  It ends before the receiver runs again when the sender allows anything else in that slot (a
 *       buffer of length 0 included), and when either of the two faults, terminates or restarts.
 *   S4  A buffer that has become reachable stays so until then, also after further upcalls, and is
 *       at its own address. The receiver cannot hand it on: to allow it is refused.
 *   S5  A process reaches buffers in PROTECTION_SHARES slots at a time (five on the two
 *       architectures there are). What comes then is as if nothing were shared.
 *
 * RAM: a word in every process; 120 bytes of its own memory in one that was given a buffer. */

/* Queues upcall `number` of the same driver for the process in slot `receiver` of the process table.
 * Its arguments are the sender's own slot in that table and the length and address of the buffer; the
 * last two are 0 if nothing is shared, or nothing any more. Unlike an event of upcall_schedule() it
 * is neither seen by yield-wait-for nor dropped by subscribe, and goes to the function that is
 * subscribed when it runs; without one nothing happens.
 * ERROR_INVAL: no such slot or upcall, or no other process there. ERROR_NODEVICE: one of the two no longer runs.
 * ERROR_SIZE: the MPU or PMP cannot let a process reach this buffer and nothing else (ARMv7-M: best a
 * power of two from 32 on, aligned to itself; RISC-V: multiples of 4). ERROR_BUSY: the receiver has
 * not yet taken the last such upcall of this sender; nobody can fill another's queue. ERROR_NOMEM:
 * the receiver's queue is full; the upcall is lost and counted. */
enum error_code share_notify(struct grant_access sender, uint32_t slot, uint32_t receiver,
			     uint32_t number, const struct process_share_capability *capability);
