/* A buffer on every way through loops and switches.
 *
 * EXPECT: accept
 */

#include "bad.h"

struct pair {
	struct buffer one;
	struct buffer both[2];
};

static struct buffer bad_pass(struct buffer buffer)
{
	return buffer_take(&buffer);
}

static void bad_g(struct bad *self, struct buffer buffer)
{
	if (self->flag) {
		buffer_drop(&buffer);
	} else {
		self->buffer = buffer_take(&buffer);
	}
}

static void bad_f(struct bad *self, struct pair pair)
{
	struct buffer empty = {0};

	for (uint32_t i = 0; i < 4; i++) {
		struct buffer mine = buffer_take(&self->buffer);

		if (self->flag) {
			self->buffer = buffer_take(&mine);
			continue;
		}
		if (self->index == 3) {
			buffer_drop(&mine);
			break;
		}
		switch (self->index) {
		case 0:
			buffer_drop(&mine);
			break;
		case 1:
			buffer_drop(&mine);
			break;
		default:
			self->spare = bad_pass(buffer_take(&mine));
			break;
		}
	}
	empty = buffer_take(&pair.one);
	buffer_drop(&empty);
	empty = buffer_take(&self->spare);
	buffer_drop(ELEMENT(pair.both, 1));
	buffer_drop(&empty);
}
