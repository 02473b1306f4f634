#pragma once

#include <kernel/binding.h>
#include <kernel/grant.h>
#include <kernel/process_id.h>

/* Who is told before a process goes on, to leave something in its memory for it to find.
 *
 *   W1  `resuming` comes each time the scheduler gives the processor to a process, or leaves it
 *       there after something happened for the process, if the process has the grant that was bound
 *       with the client. A system call that concerns nobody else and returns is not told.
 *       On one way out of the kernel it comes once: if it changes who goes on, that one is not told.
 *   W2  It runs in the way of every such switch, so it does little.
 */
struct resume_client;

struct resume_client_operations {
	void (*resuming)(struct resume_client *self, struct process_id id);
};

struct resume_client {
	const struct resume_client_operations *private_operations;
	const struct grant *private_grant;
} PINNED;

/* `grant` is the one of the same capsule's driver. */
static inline void resume_client_bind(struct resume_client *self,
				      const struct resume_client_operations *operations,
				      const struct grant *grant)
{
	self->private_operations = operations;
	self->private_grant = grant;
}

BINDING_INLINE void resume_client_resuming(struct resume_client *self, struct process_id id)
{
	self->private_operations->resuming(self, id);
}

#define RESUME_CLIENT_IMPLEMENT(name, type, member, ...)                                           \
	BINDING_CHECK(type, member, struct resume_client);                                         \
	struct name##_resume_client_functions {                                                    \
		void (*resuming)(type *, struct process_id);                                       \
	};                                                                                         \
	static const struct name##_resume_client_functions name##_resume_client_functions = {      \
	    __VA_ARGS__};                                                                          \
	static void name##_resume_client_resuming(struct resume_client *self,                      \
						  struct process_id id)                            \
	{                                                                                          \
		name##_resume_client_functions.resuming(BINDING_OWNER(self, type, member), id);    \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct resume_client_operations name##_resume_client_operations = {           \
	    .resuming = name##_resume_client_resuming,                                             \
	}
