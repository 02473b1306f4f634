#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Host tools under a fuzzer: they refuse what is wrong by ending the program (tools/tbf/command_line.h), and
 * leave memory to it. Here a refusal ends one run. Link with REFUSAL_FLAGS of fuzz.mk.
 *
 *   refusal_run(run, input)   true when it came to its end; then it must have freed all it took. What it
 *                             left when it was refused is freed.
 *
 * The line it would have said is checked: there is one, it begins with a name, and says more. */

bool refusal_run(void (*run)(void *input), void *input);

/* A copy of exactly its length, so that a byte too far is noticed; apart from the memory of a run. */
uint8_t *refusal_copy(const uint8_t *bytes, size_t length);
void refusal_copy_free(uint8_t *copy);
