#include <event_loop.h>
#include <stddef.h>

enum {
	UPCALLS_MAX = 10 /* that the kernel queues for a process */
};

static struct task *first;
static struct task *last;

void task_post(struct task *task, task_function *run, void *data)
{
	if (task->is_posted) {
		return;
	}
	*task = (struct task){.next = NULL, .run = run, .data = data, .is_posted = true};
	if (first == NULL) {
		first = task;
	} else {
		last->next = task;
	}
	last = task;
}

/* Out of the list before it runs, so that it can post itself again, or be freed. */
static void run_first(void)
{
	struct task *task = first;

	first = task->next;
	task->is_posted = false;
	task->run(task->data);
}

void event_loop_until(const volatile bool *is_done)
{
	while (!*is_done) {
		if (first == NULL) {
			yield_wait();
		} else {
			run_first();
			yield_no_wait(NULL);
		}
	}
}

void event_loop(void)
{
	const volatile bool never = false;

	event_loop_until(&never);
	__builtin_unreachable();
}

void event_loop_poll(void)
{
	struct task *end = last;
	static uint8_t ran;

	ran = 1;
	for (uint32_t i = 0; i < UPCALLS_MAX && ran != 0; i++) {
		yield_no_wait(&ran);
	}
	while (first != NULL) {
		bool is_end = first == end;

		run_first();
		if (is_end) {
			return;
		}
	}
}
