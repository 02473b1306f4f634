#pragma once

#include <tools/image/ram.h>
#include <tools/tbf/program.h>

/* What tools have to know of a kernel, from its ELF file.
 *
 *   F1  RAM for processes lies from `_process_ram_start` to `_process_ram_end`; `process_bytes` is what the
 *       kernel keeps of each process's (kernel/process.c).
 *   F2  The board's table (`board`, kernel/include/kernel/board.h) tells how many processes there can be
 *       and how many drivers. It counts only if it names the same RAM as the symbols.
 *   F3  Each driver has at most one grant, for which every process has two bytes. How many have one is
 *       known only to the kernel when it runs, so that what it keeps may be a little less than said here. */

#define KERNEL_FACTS_NO_SLOTS SIZE_MAX

struct kernel_facts {
	struct ram ram;
	size_t process_slots; /* KERNEL_FACTS_NO_SLOTS: not known */
};

/* False when the file does not tell the RAM. */
bool kernel_facts_read(struct kernel_facts *facts, const struct program *kernel);
