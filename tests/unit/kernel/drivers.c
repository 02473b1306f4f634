/* Drivers that do what a test asks of them. */

#include "drivers.h"

#include <kernel/share.h>
#include <string.h>

enum {
	JUNK = 0xa5
};

struct talker_app {
	uint32_t count;
	uint32_t unused[2];
};
_Static_assert(sizeof(struct talker_app) == TALKER_STATE, "TALKER_STATE");

GRANT_DEFINE(talker_grant, struct talker_app, .upcalls = TALKER_UPCALLS,
	     .read_only = TALKER_READ_ONLY, .read_write = TALKER_READ_WRITE,
	     .user_readable = TALKER_USER_READABLE);

struct large_app {
	uint8_t bytes[LARGE_STATE];
};

GRANT_DEFINE(large_grant, struct large_app, .upcalls = LARGE_UPCALLS, .read_only = LARGE_READ_ONLY,
	     .read_write = LARGE_READ_WRITE);

struct talker {
	struct driver driver;
	struct resume_client resume;
	struct talker_grant grant;
	struct deferred_call deferred;
};

struct plain {
	struct driver driver;
};

struct large {
	struct driver driver;
	struct large_grant grant;
};

static struct talker talker;
static struct plain plain;
static struct large large;

static const struct process_share_capability share;

static uint32_t span_fill(struct write_span span, uint8_t byte)
{
	const struct buffer source = {&byte, 1};

	for (uint32_t i = 0; i < write_span_length(span); i++) {
		write_span_copy(span, i, &source, 1);
	}
	return write_span_length(span);
}

static uint32_t span_sum(struct read_span span)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < read_span_length(span); i++) {
		sum += read_span_get(span, i);
	}
	return sum;
}

static struct command_result talker_leave(struct process_id caller, uint32_t how,
					  struct command_reply *reply)
{
	GRANT_ENTER(talker_grant, app, &talker.grant, caller) {
		app.state->count++;
		if (how == 1) {
			continue;
		}
		if (how == 2) {
			break;
		}
		if (how == 3) {
			return command_success_u32(reply, 3);
		}
	}
	return command_success_u32(reply, how);
}

static bool talker_opens(struct process_id id)
{
	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		app.state->count++;
		return true;
	}
	return false;
}

static struct command_result talker_answer(const struct fixture_answer *answer,
					   struct command_reply *reply)
{
	const uint32_t *values = answer->values;

	switch (answer->variant) {
	case RETURN_SUCCESS:
		return command_success();
	case RETURN_SUCCESS_U32:
		return command_success_u32(reply, values[0]);
	case RETURN_SUCCESS_2_U32:
		return command_success_2_u32(reply, values[0], values[1]);
	case RETURN_SUCCESS_3_U32:
		return command_success_3_u32(reply, values[0], values[1], values[2]);
	case RETURN_SUCCESS_U64:
		return command_success_u64(reply, (uint64_t)values[1] << 32 | values[0]);
	default:
		return command_failure((enum error_code)values[0]);
	}
}

static struct command_result talker_open(struct talker *self, struct talker_grant_entry app,
					 uint32_t command, uint32_t a, uint32_t b,
					 struct command_reply *reply)
{
	const struct process_id caller = grant_access_process(app.access);

	switch (command) {
	case TALKER_COUNT:
		app.state->count++;
		return command_success_u32(reply, app.state->count);
	case TALKER_SCHEDULE:
		return command_status(upcall_schedule(app.access, a, b, b + 1, b + 2));
	case TALKER_OPEN_TWICE:
		return command_success_u32(reply, talker_opens(caller));
	case TALKER_ANSWER:
		return talker_answer(&fixture.answer, reply);
	case TALKER_FILL:
		return command_success_u32(
		    reply, span_fill(allowed_read_write(app.access, a), (uint8_t)b));
	case TALKER_SUM:
		return command_success_u32(reply, span_sum(allowed_read_only(app.access, a)));
	case TALKER_DEFER:
		deferred_call_set(&self->deferred);
		return command_success();
	case TALKER_NOTIFY:
		return command_status(
		    share_notify(app.access, a >> 8 & 0xff, a & 0xff, a >> 16, &share));
	case TALKER_TELL:
		return command_success_u32(
		    reply, span_fill(allowed_user_readable(app.access, a), (uint8_t)b));
	case TALKER_DO:
		if (fixture.command != NULL) {
			fixture.command();
		}
		return command_success();
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

static struct command_result talker_command(struct talker *self, struct process_id caller,
					    uint32_t command, uint32_t a, uint32_t b,
					    struct command_reply *reply)
{
	struct command_result result = command_failure(ERROR_NOMEM);

	if (command == TALKER_EXISTS) {
		return command_success();
	}
	if (command == TALKER_LEAVE_EARLY) {
		return talker_leave(caller, a, reply);
	}
	GRANT_ENTER(talker_grant, app, &self->grant, caller) {
		result = talker_open(self, app, command, a, b, reply);
	}
	return result;
}

DRIVER_IMPLEMENT(talker, struct talker, driver, .command = talker_command);

static void talker_deferred(struct talker *self)
{
	fixture.deferred_runs++;
	GRANT_ENTER(talker_grant, app, &self->grant, fixture.notify) {
		upcall_schedule(app.access, 0, fixture.deferred_runs, 0, 0);
	}
	if (fixture.deferred_again > 0) {
		fixture.deferred_again--;
		deferred_call_set(&self->deferred);
	}
}

DEFERRED_CALL_IMPLEMENT(talker, struct talker, deferred, .run = talker_deferred);

static void talker_resuming(struct talker *self, struct process_id id)
{
	(void)self;
	fixture.resumptions++;
	fixture.resumed = id;
	if (fixture.resuming != NULL) {
		fixture.resuming();
	}
}

RESUME_CLIENT_IMPLEMENT(talker, struct talker, resume, .resuming = talker_resuming);

static struct command_result plain_command(struct plain *self, struct process_id caller,
					   uint32_t command, uint32_t a, uint32_t b,
					   struct command_reply *reply)
{
	(void)self;
	(void)caller;
	return command == 0 ? command_success_u32(reply, 4) : command_success_2_u32(reply, a, b);
}

DRIVER_IMPLEMENT(plain, struct plain, driver, .command = plain_command);

/* Any command opens the grant and looks whether it began as zeros. */
static struct command_result large_command(struct large *self, struct process_id caller,
					   uint32_t command, uint32_t a, uint32_t b,
					   struct command_reply *reply)
{
	struct command_result result = command_failure(ERROR_NOMEM);

	(void)command;
	(void)a;
	(void)b;
	GRANT_ENTER(large_grant, app, &self->grant, caller) {
		uint32_t sum = 0;

		for (uint32_t i = 0; i < LARGE_STATE; i++) {
			sum += app.state->bytes[i];
			app.state->bytes[i] = JUNK;
		}
		result = command_success_u32(reply, sum);
	}
	return result;
}

DRIVER_IMPLEMENT(large, struct large, driver, .command = large_command);

static struct driver *const basics[] = {[TALKER] = &talker.driver, [PLAIN] = &plain.driver};
static struct driver *const radios[] = {[LARGE & 0xffff] = &large.driver};
static const struct driver_group groups[] = {[0] = DRIVER_GROUP(basics),
					     [LARGE >> 16] = DRIVER_GROUP(radios)};

void drivers_init(struct board *board)
{
	memset(&talker, 0, sizeof(talker));
	memset(&large, 0, sizeof(large));
	talker_grant_init(&talker.grant);
	large_grant_init(&large.grant);
	driver_bind(&talker.driver, &talker_driver_operations, &talker.grant.grant);
	driver_bind(&plain.driver, &plain_driver_operations, NULL);
	driver_bind(&large.driver, &large_driver_operations, &large.grant.grant);
	resume_client_bind(&talker.resume, &talker_resume_client_operations, &talker.grant.grant);
	fixture.resume_client = &talker.resume;
	deferred_call_bind(&talker.deferred, &talker_deferred_call_operations);
	board->driver_groups = groups;
	board->driver_group_count = ARRAY_LENGTH(groups);
}

void drivers_schedule(struct drivers_event *event)
{
	event->error = ERROR_NODEVICE;
	GRANT_ENTER(talker_grant, app, &talker.grant, event->id) {
		for (uint32_t i = 0; i < event->times; i++) {
			event->error =
			    upcall_schedule(app.access, event->number, event->arguments[0] + i,
					    event->arguments[1], event->arguments[2]);
		}
	}
}

uint32_t fixture_each_talker(uint32_t slots[FIXTURE_SLOTS], uint32_t leave_how)
{
	uint32_t count = 0;

	GRANT_EACH(talker_grant, app, &talker.grant) {
		slots[count++] = grant_access_process(app.access).private_value & 0xff;
		app.state->count++;
		if (leave_how == 1) {
			continue;
		}
		if (leave_how == 2) {
			break;
		}
		if (leave_how == 3) {
			return count;
		}
	}
	return count;
}

void fixture_defer(void)
{
	deferred_call_set(&talker.deferred);
}

bool fixture_grant_opens(struct process_id id)
{
	return talker_opens(id);
}

enum error_code fixture_notify_after_block(struct process_id id, uint32_t receiver)
{
	struct grant_access kept = {0};

	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		kept = app.access;
	}
	return share_notify(kept, 0, receiver, 0, &share);
}

static struct access_use use(struct grant_access access)
{
	const struct read_span read = allowed_read_only(access, 0);
	const struct write_span write = allowed_read_write(access, 0);

	return (struct access_use){
	    .scheduled = upcall_schedule(access, 0, 1, 2, 3),
	    .readable = read_span_length(read),
	    .writeable = write_span_length(write),
	    .readable_at = (uint32_t)(uintptr_t)read.private_bytes,
	    .writeable_at = (uint32_t)(uintptr_t)write.private_bytes,
	};
}

struct access_use fixture_use_in_block(struct process_id id)
{
	struct access_use used = {0};

	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		used = use(app.access);
	}
	return used;
}

struct access_use fixture_use_after_block(struct process_id id)
{
	struct grant_access kept = {0};

	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		kept = app.access;
	}
	return use(kept);
}

struct access_use fixture_use_after_restart(struct process_id id)
{
	struct access_use used = {0};

	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		process_restart(process_find(id));
		used = use(app.access);
	}
	return used;
}

struct access_use fixture_use_after_fault(struct process_id id)
{
	struct access_use used = {0};

	GRANT_ENTER(talker_grant, app, &talker.grant, id) {
		kernel_fault(&(struct fault){.cause = FAULT_OTHER});
		used = use(app.access);
	}
	return used;
}
