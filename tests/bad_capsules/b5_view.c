/* A view in a grant.
 *
 * EXPECT: refuse B5 "grant with field 'words'"
 */

#include "bad.h"

struct bad_data {
	uint32_t x;
	struct read_span words;
};

GRANT_DEFINE(bad_second_grant, struct bad_data, .upcalls = 0);
