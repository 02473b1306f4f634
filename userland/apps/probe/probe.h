#pragma once

#include <instructions.h>
#include <memory_map.h>
#include <registers.h>
#include <stdbool.h>
#include <system_call.h>

/* The probe: a list of system calls and what they must give, to the register.
 *
 * An item is a function that makes calls and returns how it went: PASSED, FAILED (and it has
 * printed why) or SKIPPED. */
enum verdict {
	PASSED,
	FAILED,
	SKIPPED,
};

struct item {
	uint32_t number;
	enum verdict (*run)(void);
};

struct tally {
	uint32_t checks;
	uint32_t failed;
	uint32_t skipped;
};

/* Lists of items; each ends with number 0. */
extern const struct item commands_and_subscribe[];
extern const struct item sharing[];
extern const struct item memory[];
extern const struct item yielding[];
extern const struct item ipc[];

/* Runs the items of a list; prints "probe N: ok" for those that passed. */
void probe_group(struct tally *tally, const struct item *items);

/* What a system call must leave in registers 0 to 3: the first `count` of them are `values`, the
 * others as they were. */
struct wanted {
	uint32_t count;
	uint32_t values[4];
};

#define KEPT                        ((struct wanted){0, {0}})
#define FAILURE(error)              ((struct wanted){2, {0, (error)}})
#define FAILURE_2(error, a, b)      ((struct wanted){4, {2, (error), (a), (b)}})
#define SUCCESS                     ((struct wanted){1, {128}})
#define SUCCESS_1(value)            ((struct wanted){2, {129, (value)}})
#define SUCCESS_2(first, second)    ((struct wanted){3, {130, (first), (second)}})
#define EVENT(first, second, third) ((struct wanted){3, {(first), (second), (third)}})

/* Makes the call with a known value in every register. False, and printed, if registers 0 to 3 are
 * not as wanted or any other register was changed. */
bool gives(enum system_call_class class, uint32_t argument0, uint32_t argument1, uint32_t argument2,
	   uint32_t argument3, struct wanted wanted);

/* False, and printed, if `got` is not `expected`. */
bool same(uint32_t expected, uint32_t got);

enum verdict verdict(bool passed);
enum verdict skip(const char *why);

/* A driver that does not exist, and an address that is not the process's. */
#define ABSENT  0xD0D0u
#define OUTSIDE KERNEL_RAM

/* Values without a meaning, for registers that a call does not look at. */
#define JUNK       0xA1B2C3D4u
#define OTHER_JUNK 0x1F2E3D4Cu
