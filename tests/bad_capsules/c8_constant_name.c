/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'UINT8_C'"
 */

#include "bad.h"

static const uint8_t bad_x = UINT8_C(bad);
