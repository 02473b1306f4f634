#pragma once

#include <tools/call_graph/memory.h>

/* All calls that the image can make, by instance.
 *
 * A context is a function together with what its arguments can point to; its first pointer, which
 * by the house's convention is the instance, is always one location. Every context is evaluated,
 * as often as memory changes, until nothing is new: what it stores goes to memory, what it calls
 * becomes contexts. The order of statements is ignored (memory never forgets), so that loops,
 * conditions and the order of calls need no care, and every call that can happen is found.
 *
 * What is taken for granted: addresses that the kernel computes lead to the memory of processes, or
 * to the registers that the source names, never to variables of the kernel; pointers are not taken
 * apart into bytes except by memcpy and memmove; assembly stores no pointers to functions. */

struct call {
	uint32_t instruction; /* in the function's list */
	bool is_indirect;
	number_list targets; /* contexts */
};

struct context {
	uint32_t function;
	uint32_t creator; /* context, or NONE for a root */
	uint32_t *arguments;
	uint32_t argument_count;
	uint32_t *results; /* values, by instruction */
	uint32_t result;   /* of the function */
	LIST(struct call) calls;
	const char *problem; /* NULL: none */
};

struct contexts {
	struct program *program;
	struct memory *memory;
	LIST(struct context) contexts;
	struct map by_hash;
	LIST(const char *) assembly; /* functions that C may call and that are not C */
	bool changed;
};

/* The context of a root: a function that assembly calls, with arguments that point nowhere known. */
uint32_t contexts_root(struct contexts *contexts, uint32_t function);

/* Evaluates all that the roots reach. Refuses endless recursion. */
void contexts_run(struct contexts *contexts);

const char *context_function_name(const struct contexts *contexts, uint32_t context);

/* "virtual_uart_uart_transmit (console_port)" */
const char *context_name(const struct contexts *contexts, uint32_t context);

/* Where a context's first pointer leads to, a location; NONE if there is none. */
uint32_t context_instance(const struct contexts *contexts, uint32_t context);
