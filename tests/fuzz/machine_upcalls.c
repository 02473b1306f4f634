/* Where each event went: K6. Every call of upcall_schedule() comes through here (ld's --wrap). */

#include "machine.h"

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
	struct account *account = &accounts[process->slot];

	if (!process_id_equal(account->id, process->id)) {
		*account = (struct account){.id = process->id};
	}
	return account;
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

static void expect_queued(struct account *account, enum error_code status,
			  const struct upcall *upcall)
{
	if (account->queued == UPCALL_QUEUE_LENGTH) {
		CHECK(status == ERROR_NOMEM);
		account->dropped++;
	} else {
		CHECK(status == ERROR_NONE);
		account->queue[account->queued++] = *upcall;
	}
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
		expect_queued(account, status, &upcall);
	}
	return status;
}

/* --- What system calls take out of the queue --- */

static void take_next(struct account *account)
{
	bool was_null = true;

	while (account->queued > 0 && was_null) {
		was_null = account->queue[0].null;
		queue_remove(account, 0);
		account->ignored += was_null;
		account->delivered += !was_null;
	}
}

static const struct grant *grant_of(uint32_t number)
{
	const struct driver *driver = driver_find(number);

	return driver == NULL ? NULL : driver->private_grant;
}

static bool is_of(const struct upcall *upcall, const struct grant *grant, uint32_t number)
{
	return grant != NULL && upcall->grant == grant->private_index && upcall->number == number;
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
		take_next(account);
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
	for (uint32_t i = 0; i < account->queued; i++) {
		const struct upcall *expected = &account->queue[i];
		const struct upcall *upcall =
		    &process->queue[(process->queue_first + i) % UPCALL_QUEUE_LENGTH];

		CHECK(upcall->grant == expected->grant && upcall->number == expected->number &&
		      upcall->null == expected->null);
		CHECK(memcmp(upcall->arguments, expected->arguments, 12) == 0);
	}
}

void machine_upcalls_check(void)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		process_check(machine.processes[i]);
	}
}
