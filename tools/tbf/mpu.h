#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What the memory protection of a processor can cover: the kernel's own arithmetic, so that what a
 * tool finds possible, the kernel does. */

#define MPU_SIZE_MIN   256u
#define MPU_SUBREGIONS 8u

/* The power of two, at least MPU_SIZE_MIN, that holds `size` bytes. */
uint64_t mpu_block(uint64_t size);

/* ARMv7-M: the least size from `size` up with which one region covers exactly what begins at
 * `address`. 0: there is none. */
uint64_t mpu_flash_size(uint64_t address, uint64_t size);

/* ARMv7-M: how much RAM to ask for so that a process whose break lies `own` bytes up leaves `kernels`
 * bytes to the kernel, wherever it is placed. The break reaches to the next step of the MPU, and that is up
 * to two ninths of all of the RAM. */
uint64_t mpu_ram_size(uint64_t own, uint64_t kernels);

/* Where the kernel places `size` bytes of RAM that are asked for at `from`, as the contract of
 * protection_place_ram() says (arch/arch.h). */
bool mpu_place_ram(bool is_arm, uint64_t from, uint64_t size, uint64_t *start, uint64_t *end);
