#pragma once

#include "bad.h"

void link_division_run(uint32_t length);
