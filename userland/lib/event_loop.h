#pragma once

#include <stdbool.h>
#include <system_call.h>

LINKAGE_C_BEGIN

/* The main loop of an application that lives by events. Upcalls, and timers with them, run whenever it yields; what they
 * had better not do themselves, because it takes long or waits, they post as a task.
 *
 *   E1  Tasks run one after the other in the order of their posting, never inside an upcall or another task.
 *   E2  Between two tasks an upcall that waits has its turn: tasks that post themselves again keep nobody from running.
 *   E3  The process sleeps when there is neither.
 *
 * A task lives where its owner puts it and must live until it has run. */

typedef void task_function(void *data);

struct task {
	struct task *next;
	task_function *run;
	void *data;
	bool is_posted;
};

/* Nothing changes for a task that is posted already and has not begun. */
void task_post(struct task *task, task_function *run, void *data);

/* Runs until `*is_done`, which an upcall or a task sets. */
void event_loop_until(const volatile bool *is_done);

/* Runs for ever. */
__attribute__((noreturn)) void event_loop(void);

/* Runs what waits, tasks and upcalls, and does not sleep. For who computes for long. At most as many as the kernel can
 * queue, and the tasks posted before. */
void event_loop_poll(void);

LINKAGE_C_END
