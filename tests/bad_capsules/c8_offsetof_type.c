/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'offsetof'"
 */

#include "bad.h"

_Static_assert(offsetof(bad_type, x) > 0, "");
