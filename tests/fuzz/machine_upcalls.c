/* Where each event went: K6. Every call of upcall_schedule() comes through here (ld's --wrap). */

#include "machine.h"

#include <kernel/share.h>

#include <string.h>

/* One life of a process: events that its drivers scheduled, by what became of them. */
struct account {
	struct process_id id;
	uint32_t scheduled;
	uint32_t delivered; /* ran a function, or ended a wait for it */
	uint32_t ignored;   /* no function was registered, and any was waited for */
	uint32_t dropped;   /* found no room */
	uint32_t forgotten; /* left the queue with their function, or with the process */
	/* The queue as it must be. */
	struct upcall queue[UPCALL_QUEUE_LENGTH];
	uint32_t queued;
	uint32_t places; /* that the process has paid for, or are there from the start */
};

static struct account accounts[MACHINE_SLOTS];

enum error_code __real_upcall_schedule(struct grant_access access, uint32_t number,
				       uint32_t argument1, uint32_t argument2, uint32_t argument3);
enum error_code __wrap_upcall_schedule(struct grant_access access, uint32_t number,
				       uint32_t argument1, uint32_t argument2, uint32_t argument3);

void machine_upcalls_begin(void)
{
	memset(accounts, 0, sizeof(accounts));
}

static struct account *account_of(const struct process *process)
{
	struct account *account = &accounts[process_slot(process)];

	if (!process_id_equal(account->id, process->id)) {
		*account = (struct account){.id = process->id, .places = UPCALL_RESERVE};
	}
	return account;
}

static const struct subscription *subscription_of(const struct process *process,
						  const struct upcall *upcall)
{
	const struct grant grant = {.private_index = upcall->grant};

	return grant_subscription(process, &grant, upcall->number);
}

/* Whether a function runs when its turn comes. One that shares a buffer goes to whoever is subscribed then. */
static bool is_due(const struct process *process, const struct upcall *upcall)
{
	if (!upcall->shares) {
		return !upcall->null;
	}
	return process->grants[upcall->grant] != 0 &&
	       subscription_of(process, upcall)->function != 0;
}

static void queue_remove(struct account *account, uint32_t index)
{
	account->queued--;
	memmove(&account->queue[index], &account->queue[index + 1],
		(account->queued - index) * sizeof(account->queue[0]));
}

static void expect_arguments(const struct process *process, const uint32_t arguments[4],
			     uint32_t count)
{
	/* It only tells where they are. */
	const uint32_t *registers = context_arguments((struct context *)&process->context);

	CHECK(process->state == PROCESS_RUNNING);
	CHECK(memcmp(registers, arguments, count * sizeof(registers[0])) == 0);
}

/* Whether one more finds room: ten do, and each beyond the places that there are takes memory. `left` is what
 * the process had before. */
static bool has_room(const struct account *account, uint32_t left)
{
	return account->queued < UPCALL_QUEUE_LENGTH &&
	       (account->queued < account->places || left >= sizeof(struct upcall));
}

static void queue_add(struct account *account, const struct upcall *upcall)
{
	account->queue[account->queued++] = *upcall;
	if (account->places < account->queued) {
		account->places = account->queued;
	}
}

static void expect_queued(struct account *account, enum error_code status, uint32_t left,
			  const struct upcall *upcall)
{
	if (has_room(account, left)) {
		CHECK(status == ERROR_NONE);
		queue_add(account, upcall);
	} else {
		CHECK(status == ERROR_NOMEM);
		account->dropped++;
	}
}

static uint32_t memory_left(const struct process *process)
{
	return process->kernel_break - protection_reach(&process->protection, process->app_break);
}

enum error_code __wrap_upcall_schedule(struct grant_access access, uint32_t number,
				       uint32_t argument1, uint32_t argument2, uint32_t argument3)
{
	const struct process *process = access.private_process;
	const struct grant *grant = access.private_grant;
	struct account *account = account_of(process);
	enum process_state state = process->state;

	CHECK(number < grant->private_layout->upcalls);
	if (!process_is_alive(process) || !grant_access_is_open(access)) {
		CHECK(__real_upcall_schedule(access, number, argument1, argument2, argument3) ==
		      ERROR_NODEVICE);
		return ERROR_NODEVICE;
	}

	const struct subscription subscription = *grant_subscription(process, grant, number);
	const uint32_t arguments[] = {argument1, argument2, argument3, subscription.data};
	const struct upcall upcall = {.grant = grant->private_index,
				      .number = (uint8_t)number,
				      .null = subscription.function == 0,
				      .arguments = {argument1, argument2, argument3}};
	bool is_awaited = process->waits_grant == upcall.grant && process->waits_number == number;
	uint32_t left = memory_left(process);
	enum error_code status =
	    __real_upcall_schedule(access, number, argument1, argument2, argument3);

	account->scheduled++;
	if (state == PROCESS_YIELDED && upcall.null) {
		CHECK(status == ERROR_NONE && process->state == PROCESS_YIELDED);
		account->ignored++;
	} else if (state == PROCESS_YIELDED) {
		expect_arguments(process, arguments, 4);
		account->delivered++;
	} else if (state == PROCESS_YIELDED_FOR && is_awaited) {
		expect_arguments(process, arguments, 3);
		account->delivered++;
	} else {
		expect_queued(account, status, left, &upcall);
	}
	return status;
}

/* --- Events that share a buffer: share_notify() comes through here as well --- */

enum error_code __real_share_notify(struct grant_access access, uint32_t slot, uint32_t receiver,
				    uint32_t number,
				    const struct process_share_capability *capability);
enum error_code __wrap_share_notify(struct grant_access access, uint32_t slot, uint32_t receiver,
				    uint32_t number,
				    const struct process_share_capability *capability);

static struct upcall *shared_from(struct account *account, const struct upcall *upcall)
{
	for (uint32_t i = 0; i < account->queued; i++) {
		struct upcall *each = &account->queue[i];

		if (each->shares && each->number == upcall->number &&
		    each->arguments[0] % 256 == upcall->arguments[0] % 256) {
			return each;
		}
	}
	return NULL;
}

/* It was accepted: it ran, found nobody to run it, took the place of one of a former life, or waits. */
static void account_shared(struct account *account, const struct process *process,
			   enum process_state before, uint32_t left, const struct upcall *upcall)
{
	struct upcall *former = shared_from(account, upcall);

	account->scheduled++;
	if (former != NULL) {
		CHECK(former->arguments[0] != upcall->arguments[0]);
		*former = *upcall;
		account->forgotten++;
	} else if (before == PROCESS_YIELDED) {
		account->delivered += process->state == PROCESS_RUNNING;
		account->ignored += process->state != PROCESS_RUNNING;
	} else {
		CHECK(has_room(account, left));
		queue_add(account, upcall);
	}
}

enum error_code __wrap_share_notify(struct grant_access access, uint32_t slot, uint32_t receiver,
				    uint32_t number,
				    const struct process_share_capability *capability)
{
	const struct process *process =
	    receiver < MACHINE_SLOTS ? machine.processes[receiver] : NULL;
	enum process_state before = process == NULL ? PROCESS_TERMINATED : process->state;
	struct account *account = process == NULL ? NULL : account_of(process);
	uint32_t left = process == NULL ? 0 : memory_left(process);
	enum error_code status = __real_share_notify(access, slot, receiver, number, capability);

	if (status == ERROR_NONE) {
		const struct allowed *buffer =
		    grant_read_write(access.private_process, access.private_grant, slot);
		const struct upcall upcall = {
		    .grant = access.private_grant->private_index,
		    .number = (uint8_t)number,
		    .shares = true,
		    .arguments = {access.private_process->id.private_value,
				  (uint32_t)(uintptr_t)buffer}};

		account_shared(account, process, before, left, &upcall);
	} else if (status == ERROR_NOMEM) {
		CHECK(!has_room(account, left));
		account->scheduled++;
		account->dropped++;
	}
	return status;
}

/* --- What system calls take out of the queue --- */

static void take_next(struct account *account, const struct process *process)
{
	bool is_run = false;

	while (account->queued > 0 && !is_run) {
		is_run = is_due(process, &account->queue[0]);
		queue_remove(account, 0);
		account->ignored += !is_run;
		account->delivered += is_run;
	}
}

static const struct grant *grant_of(uint32_t number)
{
	const struct driver *driver = driver_find(number);

	return driver == NULL ? NULL : driver->private_grant;
}

static bool is_of(const struct upcall *upcall, const struct grant *grant, uint32_t number)
{
	return grant != NULL && !upcall->shares && upcall->grant == grant->private_index &&
	       upcall->number == number;
}

static void take_awaited(struct account *account, const struct grant *grant, uint32_t number)
{
	for (uint32_t i = 0; i < account->queued; i++) {
		if (is_of(&account->queue[i], grant, number)) {
			queue_remove(account, i);
			account->delivered++;
			return;
		}
	}
}

void machine_upcalls_before_call(uint32_t class, const uint32_t registers[4])
{
	struct account *account = account_of(RUNNING);

	if (class == YIELD && registers[0] < 2) {
		take_next(account, RUNNING);
	} else if (class == YIELD && registers[0] == 2) {
		take_awaited(account, grant_of(registers[1]), registers[2]);
	}
}

/* A new function leaves nothing behind that was queued for the old one. */
void machine_upcalls_after_subscribe(const struct process *process, const uint32_t registers[4])
{
	struct account *account = account_of(process);

	for (uint32_t i = account->queued; i-- > 0;) {
		const struct upcall *upcall = &account->queue[i];

		if (is_of(upcall, grant_of(registers[0]), registers[1]) && !upcall->null) {
			queue_remove(account, i);
			account->forgotten++;
		}
	}
}

static void process_check(const struct process *process)
{
	struct account *account = account_of(process);

	if (process->state == PROCESS_TERMINATED) {
		account->forgotten += account->queued;
		account->queued = 0;
	}
	CHECK(process->queue_length == account->queued);
	CHECK(process->upcalls_dropped == account->dropped);
	CHECK(process->upcalls_delivered == account->delivered);
	CHECK(account->scheduled == account->delivered + account->ignored + account->dropped +
					account->forgotten + account->queued);

	uint32_t place = process->queue_first;

	for (uint32_t i = 0; i < account->queued; i++) {
		CHECK(place != 0);

		const struct upcall *expected = &account->queue[i];
		const struct upcall *upcall = upcall_at(process, place);

		place = upcall->next;
		CHECK(upcall->grant == expected->grant && upcall->number == expected->number &&
		      upcall->null == expected->null && upcall->shares == expected->shares);
		CHECK(memcmp(upcall->arguments, expected->arguments, 12) == 0);
	}
	CHECK(place == 0);
}

void machine_upcalls_check(void)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		process_check(machine.processes[i]);
	}
}
