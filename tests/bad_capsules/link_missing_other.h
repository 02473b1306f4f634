#pragma once

#include "bad.h"

void link_missing_other_part(struct bad *self);
void link_missing_other_count(uint32_t length);
