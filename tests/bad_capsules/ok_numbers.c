/* Numbers of all sizes, constants and operators of all kinds.
 *
 * EXPECT: accept
 */

#include "bad.h"

enum bad_color {
	BAD_RED,
	BAD_GREEN = 7,
};

struct numbers {
	int8_t a;
	int16_t b;
	int64_t c;
	signed char d;
	char e;
	short f;
	long long g;
	uint16_t h;
	unsigned long long i;
	enum bad_color color;
	bool j;
	const struct bad_point *point NULLABLE;
};

_Static_assert(offsetof(struct numbers, b) == 2, "two bytes in");
_Static_assert(offsetof(struct bad_shape, sides) > 0, "");

static const uint8_t bad_table[2][2] = {{1, 2}, {3}};
static const struct bad_point bad_points[2] = {{.x = UINT8_C(3), .y = UINT32_C(4)}};
static const uint64_t bad_wide = UINT64_C(0x100000000);
static const uint16_t bad_short = UINT16_C(9);
static const int32_t bad_minus = -1 + INT32_MIN / 2 + INT16_MAX + INT8_MIN;

static struct numbers bad_numbers(void)
{
	struct numbers numbers = {.a = INT8_MAX, .color = BAD_GREEN};

	numbers.b = INT16_MIN;
	numbers.c = INT64_MAX + INT64_MIN;
	numbers.g = UINT8_MAX + UINT16_MAX;
	numbers.h = bad_table[1][0] + bad_short;
	numbers.i = bad_wide ^ UINT64_MAX;
	numbers.d = (signed char)(+numbers.a | -numbers.b);
	numbers.e = 'e';
	numbers.f = (short)(numbers.c << 2 >> 1 & ~numbers.f);
	numbers.j = !numbers.j && numbers.a != 3;
	numbers.a--;
	++numbers.h;
	--numbers.h;
	numbers.h *= 3;
	return numbers;
}

static void bad_f(struct bad *self)
{
	struct numbers numbers = bad_numbers();
	struct numbers other = numbers;
	uint32_t four[4] = {1, [3] = 2};
	size_t size = sizeof(struct numbers) + sizeof(four) % SIZE_MAX;
	struct process_id nobody = PROCESS_ID_NONE;

	(void)other;
	(void)bad_points[1].y;
	self->index = (uint32_t)numbers.i + (uint32_t)size + (uint32_t)bad_minus + UINT32_MAX;
	self->numbers[3] = four[self->index] * INT32_MAX / 3 - 2;
	self->points[1] = (struct bad_point){1, numbers.h};
	self->process = nobody;
	self->flag = numbers.point;
	self->flag = self->next != NULL;
	((self->index)) = self->points[0].x;
}
