/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'TAKE_CELL_DEFINE'"
 */

#include "bad.h"

TAKE_CELL_DEFINE(bad_cell, uint32_t);
