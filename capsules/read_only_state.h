#pragma once

#include <kernel/capsule.h>
#include <kernel/clock.h>
#include <kernel/resume_client.h>

/* System-call driver 0x9: what a process often wants to know, in its own memory.
 *
 *     command 0  exists
 *     command 1  -> version of the layout: 1
 *     user-readable allow 0: the buffer
 *
 * Layout, little-endian; a part for which the buffer is too short is left out:
 *
 *     0   u32  how often the process was given the processor since it shared a buffer
 *     4   u32  upcalls that wait for it
 *     8   u64  ticks of the clock
 *
 * It is written when the buffer is shared, whenever the process is given the processor, and when an
 * upcall is queued for it while it runs: not after each system call. RAM: 9 words, and 16 bytes of
 * buffer. Cost: some 300 instructions for each switch to a process that has used the driver,
 * nothing for the others. */
enum {
	READ_ONLY_STATE_BYTES = 16
};

struct read_only_state_app {
	uint32_t switches;
};

GRANT_DEFINE(read_only_state_grant, struct read_only_state_app, .user_readable = 1);

struct read_only_state {
	struct driver driver;
	struct resume_client client;
	struct read_only_state_grant grant;
	struct clock *clock;
	struct buffer buffer; /* what is about to be copied to a process */
};

/* Takes the buffer, of READ_ONLY_STATE_BYTES. */
void read_only_state_init(struct read_only_state *self, struct clock *clock, struct buffer *buffer);
