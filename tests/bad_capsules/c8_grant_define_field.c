/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'GRANT_DEFINE'"
 */

#include "bad.h"

GRANT_DEFINE(bad_second, struct bad_app, 3);
