#include <stddef.h>
#include <timer_queue.h>

void timer_queue_add(struct timer_queue *queue, struct timer *timer)
{
	struct timer **place = &queue->first;

	while (*place != NULL && (*place)->due <= timer->due) {
		place = &(*place)->next;
	}
	timer->next = *place;
	timer->is_running = true;
	*place = timer;
}

bool timer_queue_remove(struct timer_queue *queue, struct timer *timer)
{
	if (!timer->is_running) {
		return false;
	}
	for (struct timer **place = &queue->first; *place != NULL; place = &(*place)->next) {
		if (*place == timer) {
			*place = timer->next;
			timer->is_running = false;
			return true;
		}
	}
	return false;
}

/* Most beats are on time, and spared the division. */
static void next_beat(struct timer *timer, uint64_t now)
{
	uint64_t late = now - timer->due;

	if (late >= timer->period) {
		uint64_t beats = late / timer->period;

		timer->due += beats * timer->period;
		timer->missed += beats;
	}
	timer->due += timer->period;
}

struct timer *timer_queue_take(struct timer_queue *queue, uint64_t now)
{
	struct timer *timer = queue->first;

	if (timer == NULL || timer->due > now) {
		return NULL;
	}
	queue->first = timer->next;
	timer->is_running = false;
	if (timer->period > 0) {
		next_beat(timer, now);
		timer_queue_add(queue, timer);
	}
	return timer;
}
