#pragma once

#include <tools/tbf/format.h>
#include <tools/tbf/program.h>

/* From a linked program to an application ready for flash.
 *
 * The program says where it wants to be:
 *
 *   K1  `_flash_start` is the address of the first byte of what is loaded. The header area lies
 *       before it: 0x80 bytes, or the next multiple of 0x80 that holds the header. The application
 *       begins at the header area's start, its *slot*, at a multiple of 0x400.
 *   K2  `_ram_start` is the lowest address of the program's RAM.
 *   K3  An address is in RAM or in flash by which of the two starts is the nearest below it. Bytes
 *       of a segment are loaded from flash. A segment runs in RAM, or in flash where it was loaded.
 *
 * The application then is the header area, the program, and footers, the last of them reserved, up to
 * a size that the processor's memory protection can cover:
 *
 *   K4  ARM: with S the power of two, at least 256, that holds it all, the slot is at a multiple
 *       of S and the size is a multiple of S / 8 (one MPU region and its subregions).
 *   K5  RISC-V: the size is a multiple of 4.
 *   K6  Minimum RAM is what the segments take from `_ram_start` up, and stack, application heap
 *       and kernel heap, rounded up to multiples of 8, 4 and 4. On ARM what is the program's own is
 *       rounded up to a step of the MPU if the kernel heap is not made of whole steps: a process that
 *       uses all that is its own leaves that much to the kernel, wherever it is placed.
 *   K7  A program with relocations of the linker's (elf_relocation.h) takes a table of them into its
 *       header and may be linked for any slot.
 *   K8  Programs of libtock-c (tock_program.h) become what elf2tab makes of them, but for sizes: K4
 *       counts, not the next power of two, and K6 does on ARM. */

#define PACK_DEFAULT             UINT32_MAX
#define PACK_STACK_DEFAULT       2048u /* bytes */
#define PACK_APP_HEAP_DEFAULT    0u
#define PACK_KERNEL_HEAP_DEFAULT 512u

struct pack_request {
	const char *name;
	uint32_t stack;       /* bytes; or PACK_DEFAULT, as the next two */
	uint32_t app_heap;    /* bytes */
	uint32_t kernel_heap; /* bytes, what grants may take */
	bool has_minimum_ram; /* then `minimum_ram`, in bytes, counts instead of K6 */
	uint32_t minimum_ram;
	uint16_t kernel_major;
	uint16_t kernel_minor;
	uint32_t version;
	bool disabled;
	const struct tbf_permission *permissions;
	size_t permission_count;
	const struct tbf_region *regions;
	size_t region_count;
	uint32_t short_id;                 /* 0 for none */
	const struct tbf_storage *storage; /* NULL for none */
	bool sha_256;                      /* the first footer is a credential with the digest */
	uint32_t footer_space;             /* bytes for credentials to come */
};

/* Returns the application's bytes, which the caller frees, or refuses. */
uint8_t *pack(const struct program *program, const struct pack_request *request, size_t *length);
