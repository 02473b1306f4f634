#pragma once

static inline void bad_set(struct bad_entry *entry)
{
	entry->value = 1;
}
