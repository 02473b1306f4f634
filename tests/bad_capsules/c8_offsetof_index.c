/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'offsetof'"
 */

#include "bad.h"

_Static_assert(offsetof(struct bad, numbers[1]) > 0, "");
