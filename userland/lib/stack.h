#pragma once

#include <linkage.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* How deep the stack has been. The stack is at the bottom of the process's RAM, so that one that overflows
 * leaves it and is a fault at once, which the kernel reports as a stack overflow; there is nothing to check at
 * run time. To size a stack, paint it early in main and ask when everything has been done once.
 *
 * The least that a stack needs on ARM, besides what the functions take, is the 32 bytes that a system call
 * pushes. */

/* Fills what is below the caller with a pattern. Cost: a store for each word. */
void stack_paint(void);

/* The most bytes that were ever in use since it was painted. Off only if the deepest word written was the pattern. */
uint32_t stack_used(void);

/* Bytes that are left below the caller, for those who recurse as far as their input wants. */
uint32_t stack_left(void);

/* Bytes there are: APP_STACK of the application's app.mk. */
uint32_t stack_size(void);

LINKAGE_C_END
