/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'UINT32_C'"
 */

#include "bad.h"

static const uint32_t bad_x = UINT32_C((1));
