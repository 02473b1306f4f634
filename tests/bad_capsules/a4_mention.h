#pragma once

#include "bad.h"

struct a4_mention_hidden;

void a4_mention_run(struct a4_mention_hidden *hidden);
