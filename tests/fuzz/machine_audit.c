/* What must be so between any two steps: K1, K4, K5 and K7, for all processes. */

#include "machine.h"

#include <kernel/identity.h>
#include <kernel/process_control.h>

static const struct process_inspect_capability inspect;
static const struct process_control_capability control;

/* --- K1: memory --- */

static enum host_access expected_access(const struct process *process, uint32_t address)
{
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	if (address >= process->flash_start && address < process->flash_end) {
		return HOST_ACCESS_READ_EXECUTE;
	}
	if (address >= process->ram_start && address < reach) {
		return HOST_ACCESS_READ_WRITE;
	}
	for (uint32_t i = 0; process->shares != 0 && i < PROTECTION_SHARES; i++) {
		const struct allowed *buffer = &process_shares(process)->shares[i].buffer;

		if (address >= buffer->address && address - buffer->address < buffer->length) {
			return HOST_ACCESS_READ_WRITE;
		}
	}
	return HOST_ACCESS_NONE;
}

/* What was asked last; the answer is the same until something of it changes. */
struct question {
	const struct process *process;
	uint32_t writes, share_writes, reach;
};

static bool is_new(const struct process *process)
{
	static struct question last;
	const struct question now = {process, host_protection_writes(), host_share_writes(),
				     protection_reach(&process->protection, process->app_break)};
	bool differs = now.process != last.process || now.writes != last.writes ||
		       now.share_writes != last.share_writes || now.reach != last.reach;

	last = now;
	return differs;
}

/* Edges of what the kernel believes are among those asked, so that one side alone cannot hide. */
static uint32_t believed_edges(const struct process *process, uint32_t *edges)
{
	uint32_t count = 0;

	edges[count++] = process->flash_start;
	edges[count++] = process->flash_end;
	edges[count++] = process->ram_start;
	edges[count++] = protection_reach(&process->protection, process->app_break);
	for (uint32_t i = 0; process->shares != 0 && i < PROTECTION_SHARES; i++) {
		const struct allowed *buffer = &process_shares(process)->shares[i].buffer;

		edges[count++] = buffer->address;
		edges[count++] = buffer->address + buffer->length;
	}
	return count;
}

/* Between two edges nothing changes: both sides of each tell about all addresses. */
static void audit_reachable(const struct process *process)
{
	uint32_t edges[HOST_EDGES_MAX + 4 + 2 * PROTECTION_SHARES];
	uint32_t count = believed_edges(process, edges);

	count += host_edges(edges + count);
	for (uint32_t i = 0; i < count; i++) {
		CHECK(host_access(edges[i]) == expected_access(process, edges[i]));
		CHECK(host_access(edges[i] - 1) == expected_access(process, edges[i] - 1));
	}
}

/* What the running process has of others is in memory of a living one, which shares just that. */
static void audit_shares(const struct process *process)
{
	for (uint32_t i = 0; process->shares != 0 && i < PROTECTION_SHARES; i++) {
		const struct share *share = &process_shares(process)->shares[i];
		const struct process *sender = process_find(share->sender);

		if (share->slot != NULL) {
			CHECK(sender != NULL && sender != process && process_is_alive(sender));
			CHECK(share->slot->address == share->buffer.address);
			CHECK(share->slot->length == share->buffer.length);
			CHECK(memory_is_writeable(sender, share->buffer.address,
						  share->buffer.length));
		}
	}
}

/* The blocks stand one behind the other in the board's memory. */
static void audit_blocks(void)
{
	uint32_t free = MACHINE_RAM;

	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		const struct process *process = machine.processes[i];

		CHECK(process_invariant_holds(process));
		CHECK(free <= process->ram_start);
		CHECK(process->ram_end <= MACHINE_RAM + MACHINE_RAM_BYTES);
		free = process->ram_end;
	}
}

/* --- K4: grants --- */

static void audit_slots(const struct process *process, const struct grant *grant)
{
	const struct grant_layout *layout = grant->private_layout;

	for (uint32_t i = 0; i < layout->read_only; i++) {
		const struct allowed *slot = grant_read_only(process, grant, i);

		CHECK(slot->length == 0 ||
		      memory_is_readable(process, slot->address, slot->length));
	}
	for (uint32_t i = 0; i < layout->read_write; i++) {
		const struct allowed *slot = grant_read_write(process, grant, i);

		CHECK(slot->length == 0 ||
		      memory_is_writeable(process, slot->address, slot->length));
	}
	for (uint32_t i = 0; i < layout->user_readable; i++) {
		const struct allowed *slot = grant_user_readable(process, grant, i);

		CHECK(slot->length == 0 ||
		      memory_is_writeable(process, slot->address, slot->length));
	}
}

/* The grant, if the process has it, at [start, end). */
static bool grant_range(const struct process *process, const struct grant *grant, uint32_t *start,
			uint32_t *end)
{
	if (grant == NULL || process->grants[grant->private_index] == 0) {
		return false;
	}
	*start = grant_address(process, grant);
	*end = *start + grant_size(grant);
	return true;
}

static void audit_apart(const struct process *process, uint32_t index, uint32_t start, uint32_t end)
{
	uint32_t other_start, other_end;

	for (uint32_t i = 0; i < index; i++) {
		if (grant_range(process, machine_drivers[i].grant, &other_start, &other_end)) {
			CHECK(end <= other_start || other_end <= start);
		}
	}
}

/* Places for events that wait, in one of the two lists; returns the bytes of those that were taken. */
static uint32_t audit_places(const struct process *process, uint32_t first, uint32_t *count)
{
	uint32_t total = 0;

	for (uint32_t place = first; place != 0; place = upcall_at(process, place)->next) {
		uint32_t start = (uint32_t)(uintptr_t)upcall_at(process, place);
		uint32_t end = start + sizeof(struct upcall);

		(*count)++;
		CHECK(*count <= UPCALL_QUEUE_LENGTH);
		if (start >= (uint32_t)(uintptr_t)process->reserve) {
			CHECK(end <= (uint32_t)(uintptr_t)(process->reserve + UPCALL_RESERVE));
			continue;
		}
		CHECK(start >= process->kernel_break && end <= (uint32_t)(uintptr_t)process);
		audit_apart(process, machine_driver_count, start, end);
		total += end - start;
	}
	return total;
}

/* Together they fill what the kernel has taken, with what is known about buffers of others. */
static void audit_grants(const struct process *process)
{
	uint32_t top = (uint32_t)(uintptr_t)process;
	uint32_t total = 0;
	uint32_t start, end;

	if (process->shares != 0) {
		start = (uint32_t)(uintptr_t)process_shares(process);
		total = sizeof(struct shares);
		CHECK(start >= process->kernel_break && start + total <= top);
		audit_apart(process, machine_driver_count, start, start + total);
	}
	for (uint32_t i = 0; i < machine_driver_count; i++) {
		const struct grant *grant = machine_drivers[i].grant;

		if (grant_range(process, grant, &start, &end)) {
			CHECK((process->grants[grant->private_index] & GRANT_OPEN) == 0);
			CHECK(start >= process->kernel_break && end <= top);
			audit_apart(process, i, start, end);
			audit_slots(process, grant);
			total += end - start;
		}
	}

	uint32_t waiting = 0, places = 0;

	total += audit_places(process, process->queue_first, &waiting);
	places = waiting;
	total += audit_places(process, process->queue_free, &places);
	CHECK(waiting == process->queue_length && places >= UPCALL_RESERVE);
	CHECK(total == top - process->kernel_break);
}

/* What is told of them is the same. */
static void audit_told_grants(const struct process *process)
{
	struct process_grant told;
	uint32_t start, end;
	uint32_t count = 0;

	for (; process_grant_describe(process->id, count, &inspect, &told); count++) {
		for (uint32_t i = 0; i < machine_driver_count; i++) {
			bool has = grant_range(process, machine_drivers[i].grant, &start, &end);

			CHECK(machine_drivers[i].number != told.driver ||
			      (has ? told.address == start && told.size == end - start
				   : told.address == 0));
		}
	}
	CHECK(count == kernel.grant_count);
}

/* --- K5: who runs --- */

static bool has_awaited(const struct process *process)
{
	for (uint32_t place = process->queue_first; place != 0;
	     place = upcall_at(process, place)->next) {
		const struct upcall *upcall = upcall_at(process, place);

		if (!upcall->shares && upcall->grant == process->waits_grant &&
		    upcall->number == process->waits_number) {
			return true;
		}
	}
	return false;
}

static void audit_state(const struct process *process)
{
	bool can_run = process->state == PROCESS_RUNNING;

	CHECK(process->is_queued == (can_run && !process->is_stopped && process != RUNNING));
	CHECK(process->pending == 0);
	CHECK(!process->is_stopped || process_is_alive(process));
	CHECK(process->state != PROCESS_YIELDED || process->queue_length == 0);
	CHECK(process->state != PROCESS_YIELDED_FOR || !has_awaited(process));
	CHECK(process->state != PROCESS_TERMINATED || process->queue_length == 0);
}

/* Takes all out of the scheduler and puts them back as they were. */
static void audit_scheduler(void)
{
	uint32_t attention = kernel_attention;
	struct process *waiting[MACHINE_SLOTS];
	uint32_t expected = 0;
	uint32_t count = 0;

	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		audit_state(machine.processes[i]);
		expected += machine.processes[i]->is_queued;
	}
	for (struct process *process = scheduler_take(); process != NULL;
	     process = scheduler_take()) {
		CHECK(count < expected && process->state == PROCESS_RUNNING && process != RUNNING);
		waiting[count++] = process; /* taken out, it is no longer queued: once each */
		CHECK(!process->is_queued);
	}
	CHECK(count == expected);
	for (uint32_t i = 0; i < count; i++) {
		CHECK(!waiting[i]->is_queued);
		scheduler_add(waiting[i]);
	}
	kernel_attention = attention;
	CHECK(RUNNING != NULL || count == 0);
	CHECK(RUNNING == NULL || (RUNNING->state == PROCESS_RUNNING && !RUNNING->is_stopped));
	CHECK((kernel_attention == 0) == (RUNNING != NULL));
	CHECK(machine.slice_runs ==
	      (RUNNING != NULL && count > 0 && scheduler_slice(RUNNING) != 0));
}

/* --- K7: identities --- */

static void life_remember(struct process_id id)
{
	for (uint32_t i = 0; i < MACHINE_LIVES; i++) {
		if (process_id_equal(machine.lives[i], id)) {
			return;
		}
	}
	machine.lives[machine.life_count++ % MACHINE_LIVES] = id;
}

static bool is_present(struct process_id id)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		if (process_id_equal(machine.processes[i]->id, id)) {
			return true;
		}
	}
	return false;
}

static void audit_dead(struct process_id id)
{
	struct process_description description;
	struct process_registers registers;
	struct process_grant described;

	CHECK(process_find(id) == NULL);
	CHECK(!process_describe_id(id, &inspect, &description));
	CHECK(!process_registers_read(id, &inspect, &registers));
	CHECK(process_settlement(id) == FAULT_ACTION_NONE);
	CHECK(process_settle(id, &control) == FAULT_ACTION_NONE);
	CHECK(process_stop(id, &control) == ERROR_NODEVICE);
	CHECK(process_resume(id, &control) == ERROR_NODEVICE);
	CHECK(process_terminate(id, &control) == ERROR_NODEVICE);
	CHECK(process_boot(id, &control) == ERROR_NODEVICE);
	CHECK(process_make_fault(id, &control) == ERROR_NODEVICE);
	CHECK(process_short_id(id) == 0);
	CHECK(read_span_length(process_storage_permissions(id)) == 0);
	CHECK(!process_grant_describe(id, 0, &inspect, &described));
	for (uint32_t i = 0; i < machine_driver_count; i++) {
		struct grant *grant = (struct grant *)machine_drivers[i].grant;
		struct grant_access access;

		CHECK(grant == NULL || grant_private_enter(grant, id, &access) == NULL);
	}
}

static void audit_lives(void)
{
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		life_remember(machine.processes[i]->id);
	}
	audit_dead(PROCESS_ID_NONE);
	for (uint32_t i = 0; i < MACHINE_LIVES && i < machine.life_count; i++) {
		if (!is_present(machine.lives[i])) {
			audit_dead(machine.lives[i]);
		}
	}
}

/* No tick is lost: what is not asleep is somebody's, who may since have begun anew. */
static void audit_time(void)
{
	struct kernel_statistics statistics;
	uint64_t known;

	kernel_statistics_read(&inspect, &statistics);
	known = statistics.sleep_ticks;
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		known += machine.processes[i]->run_ticks;
	}
	CHECK(known <= statistics.total_ticks);
	CHECK(known == statistics.total_ticks || kernel.last_process_number > statistics.processes);
}

void machine_audit(void)
{
	audit_time();
	audit_blocks();
	for (uint32_t i = 0; i < MACHINE_SLOTS && machine.processes[i] != NULL; i++) {
		audit_grants(machine.processes[i]);
		audit_told_grants(machine.processes[i]);
	}
	audit_scheduler();
	if (RUNNING != NULL) {
		audit_shares(RUNNING);
	}
	if (RUNNING != NULL && is_new(RUNNING)) {
		audit_reachable(RUNNING);
	}
	audit_lives();
	machine_audit_capsules();
}
