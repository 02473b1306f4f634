/* Kept in an array.
 *
 * EXPECT: refuse B1 "lent pointer"
 */

#include "bad.h"

struct bad_list {
	struct bad_point *points[4];
};

static void bad_f(struct bad_list *list, struct bad_point *point)
{
	list->points[0] = point;
}
