#pragma once

#include <stdint.h>

/* The platform-level interrupt controller (RISC-V PLIC specification 1.0), context 0: machine mode
 * of hart 0. `base` is its address. For boards, while they start. */
void rv32_plic_init(uint32_t base);

/* Lets a line (1 to 1023) interrupt. */
void rv32_plic_enable(uint32_t line);
