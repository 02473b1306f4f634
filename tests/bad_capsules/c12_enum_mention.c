/* An enum that is only mentioned has no size yet, and may get two.
 *
 * EXPECT: refuse C12 "an enum without its values"
 */

#include "bad.h"

enum bad_kind;
