/* A table in a field would be one that can be changed.
 *
 * EXPECT: refuse A9 "'struct alarm_operations'"
 */

#include "bad.h"

struct own {
	struct alarm_operations operations;
};
