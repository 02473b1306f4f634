#pragma once

/* All of the kernel that a capsule may see. */

#include <kernel/binding.h>
#include <kernel/buffer.h>
#include <kernel/checked.h>
#include <kernel/deferred_call.h>
#include <kernel/driver.h>
#include <kernel/error.h>
#include <kernel/grant.h>
#include <kernel/identity.h>
#include <kernel/process_id.h>
#include <kernel/process_info.h>
#include <kernel/span.h>
#include <kernel/take_cell.h>
