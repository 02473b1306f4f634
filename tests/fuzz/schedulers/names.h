#pragma once

/* Each file beside this one has one of the kernel's schedulers in it, under names of its own that SCHEDULER(name)
 * makes, so that one machine can choose among all (machine_scheduler.c). */

#define scheduler_add       SCHEDULER(add)
#define scheduler_remove    SCHEDULER(remove)
#define scheduler_take      SCHEDULER(take)
#define scheduler_gives_way SCHEDULER(gives_way)
#define scheduler_slice     SCHEDULER(slice)
