#pragma once

#include <capsules/kernel_memory.h>
#include <capsules/text.h>

/* A picture of a process's memory, to scale, one line at a time:
 *
 *     memory map, a line of RAM is 512 bytes, of flash 4096
 *     20004000 +-----------------------------------+
 *              | grants and control data 1024      |
 *              |                                   |
 *     20003c00 +-----------------------------------+
 *              | unused                  5120      |
 *              ...
 *              | heap, data, stack       2048      |
 *              |                                   | <- sp
 *     20002000 +-----------------------------------+
 *                                                    <- fault
 *
 * first its RAM, then its flash, each to its own scale, high addresses at the top. The numbers in
 * the boxes are bytes. Every part that is not empty has at least one line. If the process told
 * where its stack ends and its heap begins, its own memory is drawn as three boxes.
 *
 * Adds line `row` (from 0), without its end and never more than 80 characters; false when the
 * map has no such row. */
bool memory_map_add_row(struct text *line, const struct process_description *process, uint32_t row);

/* The same for the kernel's own memory, by what the linker put there. */
bool memory_map_add_kernel_row(struct text *line, const struct kernel_memory *kernel, uint32_t row);
