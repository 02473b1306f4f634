/* Hands a buffer to hardware, and gets it back when that is done.
 *
 * EXPECT: accept
 * PROFILE: chip
 */

#include "bad_dma.h"

static enum error_code bad_send_now(struct bad *self, struct buffer *buffer, uint32_t length)
{
	bad_send_configure(&self->send, (struct bad_control){.loud = true});
	return bad_send_start(&self->send, buffer, length);
}

static void bad_service(struct bad *self)
{
	if (bad_send_is_done(&self->send)) {
		self->spare = bad_send_take(&self->send);
	}
	self->seen = bad_control_read(&self->registers->control).loud ? 1 : 0;
}

static void bad_f(struct bad *self, struct bad_registers *registers)
{
	self->registers = registers;
	bad_send_init(&self->send, registers);
	if (bad_send_now(self, &self->spare, 4) == ERROR_NONE) {
		bad_service(self);
	}
}
