#pragma once

#include <stddef.h>
#include <stdint.h>

/* Whole files in memory.
 *
 *   F1  Reading and writing either succeed or refuse (command_line.h, C1).
 *   F2  A file written appears whole under its name or not at all, and one that was there before
 *       stays as it was until the new one is complete. */

/* Larger inputs are a mistake: no microcontroller's program comes near, debug information
 * included. Bytes. */
#define FILE_LENGTH_MAX (256u * 1024 * 1024)

struct file {
	const char *path;
	uint8_t *bytes;
	size_t length;
};

void file_read(struct file *file, const char *path);

void file_release(struct file *file);

void file_write(const char *path, const uint8_t *bytes, size_t length);

/* The part of a path after its last '/'. */
const char *file_base_name(const char *path);

/* The same without `ending`, if it has that: "build/hello.elf" gives "hello". The caller frees it. */
char *file_stem(const char *path, const char *ending);
