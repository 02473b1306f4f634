#pragma once

#include <linkage.h>

LINKAGE_C_BEGIN

/* Input for people: stdin by whole lines of up to 254 bytes, with an echo and backspace, as a terminal's driver gives it.
 * Enter (either of CR and LF) ends a line; Ctrl-D at its start is the end of the file, once; other control characters and
 * what is too long are left out. One byte that is typed between two lines is kept, and the console kept from other readers. While
 * another process reads it is asked again, every 20 ms. RAM: 268 bytes, of those who call it. */
void lines_begin(void);

LINKAGE_C_END
