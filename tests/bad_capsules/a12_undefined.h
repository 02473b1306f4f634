#pragma once

#include "bad.h"

void a12_undefined_run(struct bad *self);
