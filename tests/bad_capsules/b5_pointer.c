/* A pointer in memory that goes with its process.
 *
 * EXPECT: refuse B5 "grant with field 'owner'"
 */

#include "bad.h"

struct bad_data {
	uint32_t x;
	struct bad *owner;
};

GRANT_DEFINE(bad_second_grant, struct bad_data, .upcalls = 0);
