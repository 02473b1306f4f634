#pragma once

#include <stdint.h>

/* Lets a line of the NVIC interrupt. For boards, while they start. */
void armv7m_interrupt_enable(uint32_t line);
