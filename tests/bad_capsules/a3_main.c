/* The board begins.
 *
 * EXPECT: refuse A3 "'main'"
 */

#include "bad.h"

int main(void);
int main(void)
{
	return 0;
}
