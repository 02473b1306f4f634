/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'GRANT_DEFINE'"
 */

#include "bad.h"

GRANT_DEFINE('x', struct bad_app, .upcalls = 1);
