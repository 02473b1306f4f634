/* An interface in a grant.
 *
 * EXPECT: refuse B5 "grant with field 'client'"
 */

#include "bad.h"

struct bad_data {
	uint32_t x;
	struct alarm_client client;
};

GRANT_DEFINE(bad_second_grant, struct bad_data, .upcalls = 0);
