/* For the first link, which finds out where the traps are. */

#include "trap_places.h"

const struct trap_place trap_places[] = {{0}};
const uint32_t trap_place_count = 0;
const struct read_span trap_files[] = {{0}};
