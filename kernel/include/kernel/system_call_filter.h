#pragma once

#include <kernel/binding.h>
#include <kernel/error.h>
#include <kernel/process_id.h>
#include <kernel/span.h>

/* Decides which drivers a process may use, by the Permissions element of its header.
 *
 *   F1  Asked before each subscribe, command and allow (classes 1 to 4 and 7) of a process whose
 *       header has a Permissions element; never about yield, memop and exit. A process without the
 *       element may make every call, and pays nothing for the filter.
 *   F2  ERROR_NONE lets the call go on. Any other error is what the process gets, as a plain
 *       failure, also from subscribe and allow; the driver does not hear of it, and whether there
 *       is such a driver does not show.
 *   F3  The permissions are the element's value as it lies in flash: u16 n, then n entries {u32
 *       driver, u32 group, u64 mask}. The kernel has checked that all n are there and n is at most
 *       128.
 */
struct system_call_filter;

struct filtered_call {
	struct process_id caller;
	uint32_t driver;
	uint32_t number; /* of the command, upcall or slot */
	bool is_command;
};

struct system_call_filter_operations {
	enum error_code (*check)(struct system_call_filter *self, struct read_span permissions,
				 const struct filtered_call *call);
};

struct system_call_filter {
	const struct system_call_filter_operations *private_operations;
} PINNED;

static inline void system_call_filter_bind(struct system_call_filter *self,
					   const struct system_call_filter_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE enum error_code system_call_filter_check(struct system_call_filter *self,
							struct read_span permissions,
							const struct filtered_call *call)
{
	return self->private_operations->check(self, permissions, call);
}

#define SYSTEM_CALL_FILTER_IMPLEMENT(name, type, member, ...)                                      \
	BINDING_CHECK(type, member, struct system_call_filter);                                    \
	struct name##_system_call_filter_functions {                                               \
		enum error_code (*check)(type *, struct read_span, const struct filtered_call *);  \
	};                                                                                         \
	static const struct name##_system_call_filter_functions                                    \
	    name##_system_call_filter_functions = {__VA_ARGS__};                                   \
	static enum error_code name##_system_call_filter_check(struct system_call_filter *self,    \
							       struct read_span permissions,       \
							       const struct filtered_call *call)   \
	{                                                                                          \
		return name##_system_call_filter_functions.check(                                  \
		    BINDING_OWNER(self, type, member), permissions, call);                         \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct system_call_filter_operations name##_system_call_filter_operations = { \
	    .check = name##_system_call_filter_check,                                              \
	}
