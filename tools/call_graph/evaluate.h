#pragma once

#include <tools/call_graph/contexts.h>

/* Private to contexts.c, evaluate.c and evaluate_call.c. */

/* One instruction in one context. */
struct evaluation {
	struct contexts *contexts;
	struct memory *memory;
	uint32_t number; /* of the context */
	const struct function *function;
	LLVMValueRef instruction;
	uint32_t index; /* of the instruction */
};

struct context *evaluation_context(const struct evaluation *now);

/* What a value of the function is in this context; the instruction's operands; what they point to. */
uint32_t evaluation_value(const struct evaluation *now, LLVMValueRef value);
uint32_t evaluation_operand(const struct evaluation *now, unsigned number);
uint32_t evaluation_operand_set(const struct evaluation *now, unsigned number);

/* Notes what is wrong; it counts if the context turns out to be reached. */
void evaluation_problem(const struct evaluation *now, const char *what);

uint32_t evaluate_call(const struct evaluation *now);

/* Goes through the instructions of a context once. */
void context_evaluate(struct contexts *contexts, uint32_t context);

/* Adds the contexts that a call of `function` leads to to `call`, and what they return. */
void contexts_call(struct contexts *contexts, uint32_t caller, uint32_t function,
		   const uint32_t *arguments, struct call *call, uint32_t *result);

/* The parameter that is the instance: the first pointer that is not where a struct is returned;
 * NONE: there is none. */
uint32_t instance_parameter(LLVMValueRef function);
