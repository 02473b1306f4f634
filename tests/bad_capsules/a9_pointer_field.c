/* A pointer to a table in a field.
 *
 * EXPECT: refuse A9 "'struct alarm_operations'"
 */

#include "bad.h"

struct own {
	const struct alarm_operations *operations;
};
