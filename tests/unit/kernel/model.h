#pragma once

#include "fixture.h"

/* A model of the whole system-call interface, written from the ABI: what every process, every byte of
 * its memory and the queue of the ready must be after each step. It shares with the kernel only the
 * protection's steps (protection_reach). */

/* Takes the fixture's processes as they are after fixture_start(). */
void model_begin(void);

/* The steps; each does the same to the kernel and to the model. */
void model_call(uint32_t class, const uint32_t registers[4]);
void model_event(struct process_id id, uint32_t number, uint32_t a, uint32_t b, uint32_t c);
void model_slice_expires(void);
void model_fault(void);
void model_settle(uint32_t slot); /* of a faulted process: it restarts */

/* One of process_control.h's calls: from outside, or from inside the next TALKER_DO of a process. */
enum model_control {
	CONTROL_STOP,
	CONTROL_RESUME,
	CONTROL_TERMINATE,
	CONTROL_BOOT,
	CONTROL_MAKE_FAULT,
	CONTROLS,
};

void model_control(enum model_control control, struct process_id id);
void model_control_by_command(enum model_control control, struct process_id id);

/* The running process writes a byte of its own, or of somebody who shares it; false, and nothing done, if it has none there or the
 * byte holds its registers. */
bool model_write(uint32_t address, uint8_t byte);

/* Fails the test where kernel and model differ. */
void model_compare(void);

/* How often a process reached a buffer of another that it did not reach before. */
uint64_t model_shares_begun(void);
uint64_t model_places_taken(void);

/* Processes that have not been terminated. */
uint32_t model_living(void);
bool model_is_faulted(uint32_t slot);
