/* A header with a pointer to a struct that only others know, and a value of one that it includes.
 *
 * EXPECT: accept
 */

#include <stddef.h>

#include "ok_header_mentions.h"

#include "ok_header_mentions_other.h"

static void bad_f(struct bad_user *user)
{
	struct bad_stranger *stranger = user->strangers[user->entry.value];

	if (stranger != NULL) {
		stranger->x = 1;
	}
}
