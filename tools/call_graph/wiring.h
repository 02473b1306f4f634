#pragma once

#include <tools/call_graph/contexts.h>
#include <tools/call_graph/machine.h>

/* What a board's instances hold when its main calls kernel_start(): every pointer in them, the tables of
 * their interfaces first of all, must have been given something, or be NULLABLE.
 *
 *   W1  On every way from the entry "boot" to kernel_start(), each pointer in each variable of the board's
 *       source has been stored to, with what was itself there; in main, in init functions and in what
 *       these call. Its initialiser counts. Elements of an array of pointers may be NULL.
 *   W2  On these ways none is read before.
 *   W3  Elements of an array of structs are one to this tool. Such structs hold no pointer that must
 *       have been given something.
 *
 * NULLABLE is known of each field that some code of the image uses. An image without kernel_start() is
 * not checked. Refuses, with a line for each pointer: instance, field, and what to do. */
void wiring_check(const struct machine *machine, struct contexts *contexts,
		  const number_list *roots);
