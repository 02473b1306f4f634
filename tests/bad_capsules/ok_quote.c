/* A character that is a quotation mark is no text.
 *
 * EXPECT: accept
 */

#include "bad.h"

static bool bad_f(uint8_t byte)
{
	return byte == '"' || byte == '\'';
}
