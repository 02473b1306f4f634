#pragma once

#include "bad.h"

void link_missing_run(struct bad *self);
