/* Upcalls: events on their way to a process.
 *
 * An event goes straight to a process that sleeps for it, and otherwise into a queue in the
 * process's own memory: a list of places. Two places lie in struct process; when more wait at once, one
 * more is taken from the process's memory, as a grant is, and stays in the list of those that are free.
 * A process that has no memory left has the places that it has.
 *
 * An event records only its slot; the function is looked up when it runs.
 * That is the function it was queued for, because subscribe drops what is queued for the old one. An
 * event that shares a buffer is only finished when it runs, and is for whatever function there is
 * then. */

#include "process.h"
#include <stddef.h>

/* A place is as good below as in the struct: what is free is linked as what waits is. */
_Static_assert(sizeof(struct upcall) % PLACE_UNIT == 0, "memory_take() gives multiples of 8");
_Static_assert((sizeof(struct process) - offsetof(struct process, reserve)) % PLACE_UNIT == 0,
	       "a place is told in units");

static void place_free(struct process *self, uint32_t place)
{
	upcall_at(self, place)->next = self->queue_free;
	self->queue_free = (uint16_t)place;
}

void upcalls_clear(struct process *self)
{
	self->queue_length = 0;
	self->queue_first = 0;
	self->queue_free = 0;
	for (uint32_t i = 0; i < UPCALL_RESERVE; i++) {
		place_free(self, process_place(self, (uint32_t)(uintptr_t)&self->reserve[i]));
	}
}

/* One more place, out of the process's memory; 0: there is none left. */
static __attribute__((noinline)) uint32_t place_add(struct process *self)
{
	uint32_t place = process_place(self, self->kernel_break - sizeof(struct upcall));

	return place <= UINT16_MAX && memory_take(self, sizeof(struct upcall)) != NULL ? place : 0;
}

/* A free place, taken out; 0: none. */
static uint32_t place_take(struct process *self)
{
	uint32_t place = self->queue_free;

	if (place == 0) {
		return place_add(self);
	}
	self->queue_free = upcall_at(self, place)->next;
	return place;
}

/* Takes out the event that `link` leads to. What it holds stays until something is queued. */
static void queue_remove(struct process *self, uint16_t *link)
{
	uint32_t place = *link;

	*link = upcall_at(self, place)->next;
	self->queue_length--;
	place_free(self, place);
}

static enum error_code queue_push(struct process *self, const struct upcall *upcall)
{
	uint32_t place = self->queue_length < UPCALL_QUEUE_LENGTH ? place_take(self) : 0;
	uint16_t *link = &self->queue_first;

	if (place == 0) {
		self->upcalls_dropped += self->upcalls_dropped < UINT16_MAX;
		return ERROR_NOMEM;
	}
	/* There are few: to look for the end costs less than to know it. */
	while (*link != 0) {
		link = &upcall_at(self, *link)->next;
	}
	*link = (uint16_t)place;
	*upcall_at(self, place) = *upcall; /* behind it is nothing */
	self->queue_length++;
	if (kernel_tells_resumption(self)) {
		kernel_attention |= ATTENTION_SCHEDULE;
	}
	return ERROR_NONE;
}

/* The process goes on in its function. */
static void upcall_run(struct process *self, const struct subscription *subscription,
		       uint32_t argument1, uint32_t argument2, uint32_t argument3)
{
	uint32_t *registers = context_arguments(&self->context);

	registers[0] = argument1;
	registers[1] = argument2;
	registers[2] = argument3;
	registers[3] = subscription->data;
	self->upcalls_delivered++;
	context_call(&self->context, subscription->function);
}

/* The process sleeps for nothing but this, and goes on behind its system call. */
static void upcall_answer(struct process *self, uint32_t argument1, uint32_t argument2,
			  uint32_t argument3)
{
	uint32_t *registers = context_arguments(&self->context);

	registers[0] = argument1;
	registers[1] = argument2;
	registers[2] = argument3;
	self->upcalls_delivered++;
}

static bool upcall_exists(const struct grant *grant, uint32_t number)
{
	return number < grant->private_layout->upcalls;
}

/* For a process that does not sleep for any upcall, or may not have this one. A function of its own, so that the
 * other one has few registers to save. */
static __attribute__((noinline)) enum error_code
upcall_answer_or_queue(struct grant_access access, uint32_t number, uint32_t argument1,
		       uint32_t argument2, uint32_t argument3)
{
	struct process *process = access.private_process;
	const struct grant *grant = access.private_grant;

	if (!process_is_alive(process) || !grant_access_is_open(access)) {
		return ERROR_NODEVICE;
	}
	if (!upcall_exists(grant, number)) {
		return ERROR_INVAL;
	}
	if (process->state == PROCESS_YIELDED_FOR && process->waits_grant == grant->private_index &&
	    process->waits_number == number) {
		upcall_answer(process, argument1, argument2, argument3);
		process_wake(process);
		return ERROR_NONE;
	}
	return queue_push(process,
			  &(struct upcall){
			      .grant = grant->private_index,
			      .number = (uint8_t)number,
			      .null = grant_subscription(process, grant, number)->function == 0,
			      .arguments = {argument1, argument2, argument3},
			  });
}

enum error_code upcall_schedule(struct grant_access access, uint32_t number, uint32_t argument1,
				uint32_t argument2, uint32_t argument3)
{
	struct process *process = access.private_process;
	const struct grant *grant = access.private_grant;

	if (process->state != PROCESS_YIELDED || !grant_access_is_open(access) ||
	    !upcall_exists(grant, number)) {
		return upcall_answer_or_queue(access, number, argument1, argument2, argument3);
	}

	const struct subscription *subscription = grant_subscription(process, grant, number);

	if (subscription->function != 0) {
		upcall_run(process, subscription, argument1, argument2, argument3);
		process_wake(process);
	}
	return ERROR_NONE;
}

/* The subscriptions come right below the driver's struct, so the index is enough to find one. */
static const struct subscription *upcall_subscription(const struct process *self,
						      const struct upcall *upcall)
{
	const struct grant grant = {.private_index = upcall->grant};

	return grant_subscription(self, &grant, upcall->number);
}

/* Whether there is something to call, now that the event is about to run. */
static bool upcall_is_due(struct process *self, struct upcall *upcall)
{
	if (!upcall->shares) {
		return !upcall->null;
	}
	if (self->grants[upcall->grant] == 0 || upcall_subscription(self, upcall)->function == 0) {
		return false;
	}
	share_accept(self, upcall);
	return true;
}

bool upcall_run_next(struct process *self)
{
	while (self->queue_length > 0) {
		struct upcall *upcall = upcall_at(self, self->queue_first);

		queue_remove(self, &self->queue_first); /* nothing is queued before this returns */
		if (upcall_is_due(self, upcall)) {
			upcall_run(self, upcall_subscription(self, upcall), upcall->arguments[0],
				   upcall->arguments[1], upcall->arguments[2]);
			return true;
		}
	}
	return false;
}

/* The event of this kind that still waits, of the same process or of its life before. */
static struct upcall *queue_find_shared(struct process *self, const struct upcall *upcall)
{
	const struct process_id sender = {upcall->arguments[0]};

	for (uint32_t place = self->queue_first; place != 0; place = upcall_at(self, place)->next) {
		struct upcall *each = upcall_at(self, place);
		const struct process_id other = {each->arguments[0]};

		if (each->shares && each->grant == upcall->grant &&
		    each->number == upcall->number &&
		    process_id_slot(other) == process_id_slot(sender)) {
			return each;
		}
	}
	return NULL;
}

enum error_code upcall_add(struct process *self, const struct upcall *upcall)
{
	struct upcall *waiting = queue_find_shared(self, upcall);

	if (waiting != NULL && waiting->arguments[0] == upcall->arguments[0]) {
		return ERROR_BUSY;
	}
	if (waiting != NULL) {
		waiting->arguments[0] = upcall->arguments[0];
		waiting->arguments[1] = upcall->arguments[1];
		return ERROR_NONE;
	}

	enum error_code error = queue_push(self, upcall);

	/* The queue of a process that waits for any upcall was empty until now. */
	if (self->state == PROCESS_YIELDED && upcall_run_next(self)) {
		process_wake(self);
	}
	return error;
}

/* Whether it is one of the driver's own events with this number. */
static bool upcall_is(const struct upcall *upcall, uint8_t grant, uint32_t number)
{
	return upcall->grant == grant && upcall->number == number && !upcall->shares;
}

bool upcall_take(struct process *self, uint8_t grant, uint32_t number, uint32_t arguments[3])
{
	struct upcall *upcall;

	for (uint16_t *link = &self->queue_first; *link != 0; link = &upcall->next) {
		upcall = upcall_at(self, *link);
		if (upcall_is(upcall, grant, number)) {
			for (uint32_t i = 0; i < 3; i++) {
				arguments[i] = upcall->arguments[i];
			}
			self->upcalls_delivered++;
			queue_remove(self, link);
			return true;
		}
	}
	return false;
}

void upcall_forget(struct process *self, uint8_t grant, uint32_t number)
{
	uint16_t *link = &self->queue_first;

	while (*link != 0) {
		struct upcall *upcall = upcall_at(self, *link);

		if (upcall_is(upcall, grant, number) && !upcall->null) {
			queue_remove(self, link);
		} else {
			link = &upcall->next;
		}
	}
}
