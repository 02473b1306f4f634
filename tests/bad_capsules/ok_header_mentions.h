#pragma once

#include "c16_length.h"

struct bad_stranger;

struct bad_user {
	struct bad_stranger *strangers[BAD_LENGTH];
	struct bad_entry entry;
};
