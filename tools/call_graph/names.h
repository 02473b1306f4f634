#pragma once

#include <tools/call_graph/memory.h>

/* Names for what pointers lead to. */

/* Of a variable, a local, a register block, ... */
const char *object_name(const struct memory *memory, uint32_t object);

/* "timer.watchdog_interrupt": the part of a variable that begins there and is a struct of this name
 * (of any type, if the name is ""); the variable's own name if there is none. */
const char *location_name(const struct memory *memory, uint32_t location, const char *struct_name);

/* "console.client.private_operations": down to the field that is no struct. */
const char *location_path(const struct memory *memory, uint32_t location);
