#pragma once

#include "bad.h"

void ok_prefix_init(struct bad *self, uint32_t index);
