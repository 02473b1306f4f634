#pragma once

/* All of the kernel that a capsule may see. */

#include <kernel/binding.h>
#include <kernel/buffer.h>
#include <kernel/deferred_call.h>
#include <kernel/driver.h>
#include <kernel/error.h>
#include <kernel/grant.h>
#include <kernel/process_id.h>
#include <kernel/process_info.h>
#include <kernel/span.h>
#include <kernel/take_cell.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static inline uint32_t minimum(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}
