/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'ALARM_CLIENT_IMPLEMENT'"
 */

#include "bad.h"

ALARM_CLIENT_IMPLEMENT(bad, struct bad, points[1], .fired = bad_fired);
