/* Another file could complete it in another way.
 *
 * EXPECT: refuse A4 "'struct a4_mention_hidden'"
 */

#include "a4_mention.h"

struct a4_mention_hidden {
	uint32_t x;
};

void a4_mention_run(struct a4_mention_hidden *hidden)
{
	hidden->x = 1;
}
