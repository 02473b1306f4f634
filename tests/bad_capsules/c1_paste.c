/* Pasting is for macros.
 *
 * EXPECT: refuse C1 "preprocessor directive '##'"
 */

#include "bad.h"

static const uint32_t bad_x = 1 ## 2;
