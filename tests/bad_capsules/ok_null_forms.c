/* All the forms of a test.
 *
 * EXPECT: accept
 */

#include "bad.h"

static uint32_t bad_f(struct bad *self, struct bad *other NULLABLE, const uint32_t *number NULLABLE)
{
	struct bad *next = self->next;

	if (NULL != next) {
		next->index = 1;
	}
	if (NULL == next) {
		return 1;
	}
	next->index = 2;
	if (!other || !number) {
		return 2;
	}
	other->index = *number;
	if (other != NULL && next != NULL && self->flag) {
		other = self->next;
	} else if (self->flag) {
		return 3;
	} else {
		return 4;
	}
	if (other == NULL) {
		self->index = 1;
		return 5;
	} else {
		self->index = 2;
	}
	other->index = 2;
	for (uint32_t i = 0; i < 3 && next != NULL; i++) {
		next->index = i;
		next = next->next;
	}
	other = self->flag ? self : PRESENT(self->next);
	other->index = self->flag ? other->index : 3;
	(*other).index = 4;
	switch (self->index) {
	case 0:
		other = self;
		break;
	case 1:
	case 2:
		return 5;
	default: {
		struct bad *again = self->next;

		if (again == NULL) {
			return 6;
		}
		other = again;
		break;
	}
	}
	return other->index;
}
