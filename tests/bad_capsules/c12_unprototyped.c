/* A function that takes whatever it is given.
 *
 * EXPECT: refuse C12 "a function without a fixed list"
 */

#include "bad.h"

static void bad_f()
{
}
