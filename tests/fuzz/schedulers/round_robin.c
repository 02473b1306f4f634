#define SCHEDULER(name) round_robin_##name
#include "names.h"

#include "../../../kernel/scheduler_round_robin.c"
