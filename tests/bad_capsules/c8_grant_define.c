/* A type hidden in a number.
 *
 * EXPECT: refuse C8 "GRANT_DEFINE"
 */

#include "bad.h"

GRANT_DEFINE(bad_second_grant, struct bad_app, .upcalls = sizeof(struct { uint32_t x; }));
