/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'UINT16_C'"
 */

#include "bad.h"

static const uint16_t bad_x = UINT16_C(-1);
