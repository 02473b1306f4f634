#include <capsules/read_only_state.h>

enum {
	LAYOUT_VERSION = 1,
	BUFFER = 0, /* user-readable slot */
};

/* Where the parts of the layout end. */
enum {
	END_OF_SWITCHES = 4,
	END_OF_UPCALLS = 8,
	END_OF_TICKS = READ_ONLY_STATE_BYTES,
};

static struct command_result read_only_state_command(struct read_only_state *self,
						     struct process_id caller, uint32_t command,
						     uint32_t argument1, uint32_t argument2,
						     struct command_reply *reply)
{
	(void)self;
	(void)caller;
	(void)argument1;
	(void)argument2;
	switch (command) {
	case 0:
		return command_success();
	case 1:
		return command_success_u32(reply, LAYOUT_VERSION);
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(read_only_state, struct read_only_state, driver,
		 .command = read_only_state_command);

static void put_u32(struct buffer *buffer, uint32_t offset, uint32_t value)
{
	for (uint32_t i = 0; i < 4; i++) {
		buffer_set(buffer, offset + i, (uint8_t)(value >> 8 * i));
	}
}

/* Whole parts that fit into so many bytes. */
static uint32_t length_of_parts(uint32_t length)
{
	if (length >= END_OF_TICKS) {
		return END_OF_TICKS;
	}
	if (length >= END_OF_UPCALLS) {
		return END_OF_UPCALLS;
	}
	return length >= END_OF_SWITCHES ? END_OF_SWITCHES : 0;
}

static void read_only_state_resuming(struct read_only_state *self, struct process_id id)
{
	GRANT_ENTER(read_only_state_grant, app, &self->grant, id) {
		struct write_span state = allowed_user_readable(app.access, BUFFER);
		uint32_t length = length_of_parts(write_span_length(state));
		uint64_t ticks = clock_now(self->clock);

		app.state->switches++;
		put_u32(&self->buffer, 0, app.state->switches);
		put_u32(&self->buffer, END_OF_SWITCHES, grant_access_upcalls(app.access));
		put_u32(&self->buffer, END_OF_UPCALLS, (uint32_t)ticks);
		put_u32(&self->buffer, END_OF_UPCALLS + 4, (uint32_t)(ticks >> 32));
		(void)write_span_copy(state, 0, &self->buffer, length);
	}
}

RESUME_CLIENT_IMPLEMENT(read_only_state, struct read_only_state, client,
			.resuming = read_only_state_resuming);

void read_only_state_init(struct read_only_state *self, struct clock *clock, struct buffer *buffer)
{
	self->clock = clock;
	self->buffer = buffer_take(buffer);
	read_only_state_grant_init(&self->grant);
	driver_bind(&self->driver, &read_only_state_driver_operations, &self->grant.grant);
	resume_client_bind(&self->client, &read_only_state_resume_client_operations,
			   &self->grant.grant);
}
