/* Limits of every form, at their edges.
 *
 * EXPECT: accept
 */

#include "bad.h"

enum {
	STEP = 3,
};

static uint16_t bad_limit(bool large)
{
	return large ? 600 : 3;
}

static void bad_f(struct bad *self, uint16_t many, bool flag, unsigned char letter)
{
	uint32_t some = minimum(self->index, 9);
	const uint16_t few = bad_limit(self->flag);

	for (uint32_t i = 0; i < self->small / 2u; i++) {
		self->flag = true;
	}
	for (uint32_t i = 0; i < self->small >> 1; ++i) {
		self->flag = true;
	}
	for (uint16_t i = 0; i < many; i++) {
		self->flag = true;
	}
	for (uint64_t i = 0; i < letter; i += STEP) {
		self->flag = true;
	}
	for (uint32_t i = 0; i < 100000; i += 0xffff) {
		self->flag = true;
	}
	for (uint32_t i = some; i > 0; --i) {
		self->flag = true;
	}
	for (uint32_t i = few; i != 0; i--) {
		self->flag = true;
	}
	for (uint32_t i = 0; i < flag; i++) {
		self->flag = true;
	}
	for (uint32_t i = 0; self->flag && i < (flag ? 3u : 7u) && self->index > 2; i++) {
		self->flag = true;
	}
	for (uint8_t i = 0; i < 255; i++) {
		self->flag = true;
	}
	for (unsigned int i = 0; i < (self->index & 15) % 4; i++) {
		;
	}
	for (uint32_t i = 0; i < (self->index & self->small); i++) {
		self->flag = true;
	}
	for (uint32_t i = self->index % 1; i < self->index % 1; i++) {
		self->flag = true;
	}
}
