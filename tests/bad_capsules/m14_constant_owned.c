/* A constant that owns something.
 *
 * EXPECT: refuse M14 "type 'struct buffer' is not allowed for a constant"
 */

#include "bad.h"

static const struct buffer bad_nothing = {0};
