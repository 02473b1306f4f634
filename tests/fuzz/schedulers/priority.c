#define SCHEDULER(name) priority_##name
#include "names.h"

#include "../../../kernel/scheduler_priority.c"
