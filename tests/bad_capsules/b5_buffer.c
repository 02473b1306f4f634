/* A buffer that would be lost with its process.
 *
 * EXPECT: refuse B5 "grant with field 'buffer'"
 */

#include "bad.h"

struct bad_data {
	uint32_t x;
	struct buffer buffer;
};

GRANT_DEFINE(bad_second_grant, struct bad_data, .upcalls = 0);
