#pragma once

#include <capsules/text.h>

/* One line about an entry of the application flash that was not started: which, where, and why, for
 * example
 *
 *     application hello at 0x00014000 not started: it wants 65536 bytes of RAM, 8192 are left
 *
 * without the line's end. Adds nothing for a started application, nor for padding. Never more than
 * 140 characters. */
void load_line_add(struct text *line, const struct load_result *result);
