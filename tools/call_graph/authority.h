#pragma once

#include <stdio.h>
#include <tools/call_graph/board_tables.h>
#include <tools/call_graph/contexts.h>

/* Who is handed what: each variable of a board that is an instance of a capsule's or a chip driver's
 * struct, what the board's functions pass to the functions that prepare it, and under which number
 * or line it is reached. */
void authority_write(FILE *file, const char *board, const struct contexts *contexts,
		     const bool *reached);
