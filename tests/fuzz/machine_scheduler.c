/* The machine's scheduler: that of the kernel's which the fuzzer chooses. Their queues outlive a machine. */

#include "machine.h"

struct scheduler {
	void (*add)(struct process *process);
	void (*remove)(struct process *process);
	struct process *(*take)(void);
	bool (*gives_way)(struct process *running, bool has_expired);
	uint32_t (*slice)(const struct process *process);
};

#define SCHEDULER_DECLARE(name)                                                                    \
	void name##_add(struct process *process);                                                  \
	void name##_remove(struct process *process);                                               \
	struct process *name##_take(void);                                                         \
	bool name##_gives_way(struct process *running, bool has_expired);                          \
	uint32_t name##_slice(const struct process *process);

#define SCHEDULER_OF(name) {name##_add, name##_remove, name##_take, name##_gives_way, name##_slice}

SCHEDULER_DECLARE(round_robin)
SCHEDULER_DECLARE(priority)
SCHEDULER_DECLARE(multilevel)
SCHEDULER_DECLARE(cooperative)

static const struct scheduler schedulers[] = {
    SCHEDULER_OF(round_robin),
    SCHEDULER_OF(priority),
    SCHEDULER_OF(multilevel),
    SCHEDULER_OF(cooperative),
};

static const struct scheduler *chosen = schedulers;

void machine_scheduler_choose(uint8_t which)
{
	while (scheduler_take() != NULL) {
	}
	chosen = &schedulers[which % ARRAY_LENGTH(schedulers)];
}

void scheduler_add(struct process *process)
{
	chosen->add(process);
}

void scheduler_remove(struct process *process)
{
	chosen->remove(process);
}

struct process *scheduler_take(void)
{
	return chosen->take();
}

bool scheduler_gives_way(struct process *running, bool has_expired)
{
	return chosen->gives_way(running, has_expired);
}

uint32_t scheduler_slice(const struct process *process)
{
	return chosen->slice(process);
}
