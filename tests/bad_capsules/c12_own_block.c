/* A block of GRANT_ENTER over functions of its own: one of them would run unseen.
 *
 * EXPECT: refuse C12 "a block over what no macro defined"
 */

#include "bad.h"

struct mine_entry {
	struct bad *state;
};

static struct mine_entry *mine_enter(struct mine_entry *entry, struct bad *self, uint32_t x)
{
	self->index = x;
	return entry;
}

static void mine_leave(struct mine_entry *entry)
{
	entry->state->index = 1;
}

static void bad_f(struct bad *self)
{
	GRANT_ENTER (mine, app, self, 3) {
		app.state->index = 2;
	}
}
