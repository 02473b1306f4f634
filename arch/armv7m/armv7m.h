#pragma once

#include <arch/arch.h>
#include <stdnoreturn.h>

/* What the parts of this architecture share, and its registers (ARMv7-M ARM, B3.2 to B3.5). */

/* External lines in the vector table: as many as the largest chip here has (LM3S6965: 44). */
enum {
	ARMV7M_INTERRUPT_LINES = 44
};

/* entry.S */
void armv7m_system_call_entry(void);
void armv7m_interrupt_entry(void);
void armv7m_fault_entry(void);
noreturn void armv7m_idle(uint32_t stack);

/* Called by entry.S. */
void armv7m_system_call(uint32_t stack_pointer);
void armv7m_interrupt(uint32_t exception_number);
void armv7m_fault(uint32_t exception_return, uint32_t kernel_stack);

/* Called by entry.S if kernel_attention is not 0: the context to return to. */
struct context *armv7m_next(void);

noreturn void armv7m_reset(void);

/* Whose r4-r11 the processor holds; NULL: nobody's. */
extern struct context *armv7m_live;
extern struct context armv7m_idle_context;

/* What exception entry pushes on the interrupted code's stack (B1.5.6). */
struct context_frame {
	uint32_t arguments[4]; /* r0 to r3 */
	uint32_t r12;
	uint32_t link;
	uint32_t program_counter;
	uint32_t status;
};

/* systick.c */
void armv7m_systick_interrupt(void);

struct system_control_registers {
	const volatile uint32_t cpu_id;
	volatile uint32_t interrupt_control; /* ICSR */
	volatile uint32_t vector_table_offset;
	volatile uint32_t application_interrupt_control;
	volatile uint32_t system_control;
	volatile uint32_t configuration_control;
	volatile uint32_t priorities[3];
	volatile uint32_t handler_control; /* SHCSR */
	volatile uint32_t fault_status;    /* CFSR */
	volatile uint32_t hard_fault_status;
	volatile uint32_t debug_fault_status;
	volatile uint32_t memory_fault_address; /* MMFAR */
	volatile uint32_t bus_fault_address;    /* BFAR */
};

struct interrupt_controller_registers {
	volatile uint32_t set_enable[8];
};

struct systick_registers {
	volatile uint32_t control;
	volatile uint32_t reload;
	volatile uint32_t current;
	const volatile uint32_t calibration;
};

struct mpu_registers {
	const volatile uint32_t type;
	volatile uint32_t control;
	volatile uint32_t region_number;
	volatile uint32_t region_base;
	volatile uint32_t region_attributes;
};

/* Fixed by the architecture (B3.2.1, B3.3.2, B3.4.3, B3.5.3). */
#define SYSTEM_CONTROL       ((struct system_control_registers *)0xe000ed00)
#define INTERRUPT_CONTROLLER ((struct interrupt_controller_registers *)0xe000e100)
#define SYSTICK              ((struct systick_registers *)0xe000e010)
#define MPU                  ((struct mpu_registers *)0xe000ed90)
