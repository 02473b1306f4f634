/* What lives for ever, in every form.
 *
 * EXPECT: accept
 */

#include "bad.h"

static const struct bad_point bad_corner = {1, 2};
static const struct bad_shape bad_square = {.corner = &bad_corner, .sides = 4};

static const struct bad_point *bad_corner_of(const struct bad_shape *shape)
{
	return shape->corner;
}

static struct bad *bad_kept(struct bad *self)
{
	return self->flag ? self : PRESENT(self->friends[1]);
}

static void bad_keep(struct bad *self, struct read_span words KEEP,
		     const struct bad_point *point KEEP)
{
	struct read_span copy = words;
	struct read_span here = self->flag ? copy : SPAN_OF_TEXT("here");

	copy = SPAN_OF_TEXT("there");
	self->words = here;
	self->words = copy;
	self->words = process_register_name(3);
	self->point = point;
	self->point = bad_square.corner;
	self->point = bad_corner_of(&bad_square);
	self->point = PRESENT(self->point);
}

static void bad_f(struct bad *self, struct bad_shape *shape)
{
	struct bad *kept = bad_kept(self);

	kept = self;
	self->next = kept;
	self->next = NULL;
	self->friends[2] = bad_kept(kept);
	self->friends[1] = NULL;
	self->point = ELEMENT(kept->points, self->index);
	self->point = shape->corner;
	self->point = &bad_corner;
	bad_keep(self, self->words, ELEMENT(self->points, 2));
	FOR_EACH(struct bad, each, self->friends) {
		self->next = each;
		each->next = self;
	}
}
