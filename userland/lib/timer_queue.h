#pragma once

#include <timer.h>

LINKAGE_C_BEGIN

/* The running timers in the order of their moments. Inside the library only; timer.c is its user. */

struct timer_queue {
	struct timer *first;
};

/* Behind those of the same moment. */
void timer_queue_add(struct timer_queue *queue, struct timer *timer);

/* False: it was not there. */
bool timer_queue_remove(struct timer_queue *queue, struct timer *timer);

/* Takes out the first timer if it is due at `now`, or gives NULL. A periodic one is back in the queue with its next beat
 * after `now`. */
struct timer *timer_queue_take(struct timer_queue *queue, uint64_t now);

LINKAGE_C_END
