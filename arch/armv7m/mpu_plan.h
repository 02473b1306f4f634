#pragma once

/* The part of arch.h that is arithmetic, apart from the hardware, so that the host can test it. */

#include <arch/protection.h>
#include <stdbool.h>

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end);
bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end);
uint32_t protection_reach(const struct protection *self, uint32_t app_break);
void protection_set_break(struct protection *self, uint32_t app_break);
