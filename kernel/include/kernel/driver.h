#pragma once

#include <kernel/binding.h>
#include <kernel/error.h>
#include <kernel/process_id.h>
#include <stdint.h>

/* A system-call driver: what an application reaches by a driver number.
 *
 *   V1  `command` comes from inside the caller's system call and answers at once. What takes time
 *       is started, and its end is told by an upcall later.
 *   V2  Command 0 asks whether the driver exists and has no effect.
 *   V3  A command the driver does not know is answered with ERROR_NOSUPPORT.
 *   V4  Subscribe and allow are done by the kernel, in the driver's grant, without asking it.
 */
struct driver;
struct grant;

/* Return variants, as in register 0 (TRD 104, section 3.2). */
enum return_variant {
	RETURN_FAILURE = 0,
	RETURN_FAILURE_U32 = 1,
	RETURN_FAILURE_2_U32 = 2,
	RETURN_FAILURE_U64 = 3,
	RETURN_SUCCESS = 128,
	RETURN_SUCCESS_U32 = 129,
	RETURN_SUCCESS_2_U32 = 130,
	RETURN_SUCCESS_U64 = 131,
	RETURN_SUCCESS_3_U32 = 132,
	RETURN_SUCCESS_U32_U64 = 133,
};

/* Where the values of an answer go, if it has any: straight to the registers of the process that
 * called. */
struct command_reply {
	uint32_t private_variant;
	uint32_t private_values[3];
};

/* What a command answers. Made by the functions below, the last thing that a command does: after one
 * that takes a reply nothing else may be answered. Registers that the variant does not define stay as the process left them. */
struct command_result {
	uint32_t private_word; /* the variant, and above its 8 bits the error */
};

static inline struct command_result command_success(void)
{
	return (struct command_result){RETURN_SUCCESS};
}

static inline struct command_result command_success_u32(struct command_reply *reply, uint32_t value)
{
	reply->private_values[0] = value;
	return (struct command_result){RETURN_SUCCESS_U32};
}

static inline struct command_result command_success_2_u32(struct command_reply *reply,
							  uint32_t first, uint32_t second)
{
	reply->private_values[0] = first;
	reply->private_values[1] = second;
	return (struct command_result){RETURN_SUCCESS_2_U32};
}

static inline struct command_result
command_success_3_u32(struct command_reply *reply, uint32_t first, uint32_t second, uint32_t third)
{
	reply->private_values[0] = first;
	reply->private_values[1] = second;
	reply->private_values[2] = third;
	return (struct command_result){RETURN_SUCCESS_3_U32};
}

static inline struct command_result command_success_u64(struct command_reply *reply, uint64_t value)
{
	reply->private_values[0] = (uint32_t)value;
	reply->private_values[1] = (uint32_t)(value >> 32);
	return (struct command_result){RETURN_SUCCESS_U64};
}

static inline struct command_result command_failure(enum error_code error)
{
	return (struct command_result){RETURN_FAILURE | (uint32_t)error << 8};
}

/* ERROR_NONE becomes success. */
static inline struct command_result command_status(enum error_code error)
{
	return error == ERROR_NONE ? command_success() : command_failure(error);
}

struct driver_operations {
	struct command_result (*command)(struct driver *self, struct process_id caller,
					 uint32_t command, uint32_t argument1, uint32_t argument2,
					 struct command_reply *reply);
};

struct driver {
	const struct driver_operations *private_operations;
	struct grant *private_grant
	    NULLABLE; /* NULL: keeps nothing for processes; no subscribe, no allow */
} PINNED;

/* For init functions of capsules. `grant` is NULL or the grant embedded in the same capsule. */
static inline void driver_bind(struct driver *self, const struct driver_operations *operations,
			       struct grant *grant NULLABLE)
{
	self->private_operations = operations;
	self->private_grant = grant;
}

#define DRIVER_IMPLEMENT(name, type, member, ...)                                                  \
	BINDING_CHECK(type, member, struct driver);                                                \
	struct name##_driver_functions {                                                           \
		struct command_result (*command)(type *, struct process_id, uint32_t, uint32_t,    \
						 uint32_t, struct command_reply *);                \
	};                                                                                         \
	static const struct name##_driver_functions name##_driver_functions = {__VA_ARGS__};       \
	static struct command_result name##_driver_command(                                        \
	    struct driver *self, struct process_id caller, uint32_t command, uint32_t argument1,   \
	    uint32_t argument2, struct command_reply *reply)                                       \
	{                                                                                          \
		return name##_driver_functions.command(BINDING_OWNER(self, type, member), caller,  \
						       command, argument1, argument2, reply);      \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct driver_operations name##_driver_operations = {                         \
	    .command = name##_driver_command,                                                      \
	}
