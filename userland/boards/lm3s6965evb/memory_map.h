#pragma once

/* Addresses on the LM3S6965 evaluation board that are none of an application's business. For the
 * applications that attack; the others need no addresses. */

#define KERNEL_FLASH   0x00000000u /* with the vector table first */
#define KERNEL_CODE    0x00000401u /* somewhere in the kernel's code, Thumb */
#define KERNEL_RAM     0x20000000u
#define KERNEL_RAM_END 0x20002000u

/* Slot 0 of the applications; each slot follows the one before. */
#define SLOTS_FLASH     0x00010000u
#define SLOT_FLASH_SIZE 0x00004000u
#define SLOTS_RAM       0x20002000u
#define SLOT_RAM_SIZE   0x00002000u

#define NOTHING_THERE 0x60000000u /* no memory and no device answers */

#define UART_DATA        0x4000C000u /* UART0, UARTDR */
#define TIMER            0x40030000u /* General-Purpose Timer 0, GPTMCFG */
#define GPIO             0x40025004u /* port F, GPIODATA masked to pin 0: the LED */
#define FLASH_CONTROLLER 0x400FD008u /* FMC: could erase the flash */

#define INTERRUPT_DISABLE 0xE000E180u /* NVIC_ICER0 */
#define RESET_REGISTER    0xE000ED0Cu /* SCB_AIRCR */
#define RESET_VALUE       0x05FA0004u /* VECTKEY, SYSRESETREQ */
