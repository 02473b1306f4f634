/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'UINT64_C'"
 */

#include "bad.h"

static const uint64_t bad_x = UINT64_C(bad);
