#define SCHEDULER(name) cooperative_##name
#include "names.h"

#include "../../../kernel/scheduler_cooperative.c"
