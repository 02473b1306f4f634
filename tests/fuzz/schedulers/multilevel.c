#define SCHEDULER(name) multilevel_##name
#include "names.h"

#include "../../../kernel/scheduler_multilevel.c"
