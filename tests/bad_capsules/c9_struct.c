/* Words are for parameters, results and fields.
 *
 * EXPECT: refuse C9 "attribute on 'own'"
 */

#include "bad.h"

struct own {
	uint32_t x;
} KEEP;
