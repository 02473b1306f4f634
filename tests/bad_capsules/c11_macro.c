/* A macro's name for a constant: who includes the macro's header first reads another number.
 *
 * EXPECT: refuse C11 "'SPAN_OF_TEXT' hides"
 */

#include "bad.h"

enum {
	SPAN_OF_TEXT = 4
};
