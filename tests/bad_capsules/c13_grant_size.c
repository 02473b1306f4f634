/* A grant smaller than what is kept in it.
 *
 * EXPECT: refuse C13 "initializer overrides"
 */

#include "bad.h"

GRANT_DEFINE(bad_second, struct bad_app, .upcalls = 1, .size = 1);
