#pragma once

/* Addresses on QEMU's RISC-V machine `virt` that are none of an application's business. For the
 * applications that attack; the others need no addresses. */

#define KERNEL_FLASH   0x80000000u
#define KERNEL_CODE    0x80000400u /* somewhere in the kernel's code */
#define KERNEL_RAM     0x80200000u
#define KERNEL_RAM_END 0x80210000u

/* Slot 0 of the applications; each slot follows the one before. */
#define SLOTS_FLASH     0x80100000u
#define SLOT_FLASH_SIZE 0x00010000u
#define SLOTS_RAM       0x80300000u
#define SLOT_RAM_SIZE   0x00010000u

#define NOTHING_THERE 0x60000000u /* no memory and no device answers */

#define UART_DATA        0x10000000u /* 16550, THR */
#define TIMER            0x0200BFF8u /* CLINT, mtime */
#define GPIO             0x10001000u /* there is no GPIO: the first virtio slot instead */
#define FLASH_CONTROLLER 0x20000000u /* the parallel flash, which takes commands by writes */

#define INTERRUPT_DISABLE 0x0C002000u /* PLIC, enable bits of context 0 */
#define RESET_REGISTER    0x00100000u /* SiFive test device */
#define RESET_VALUE       0x00005555u /* power off */

#define CLINT_SOFTWARE_INTERRUPT 0x02000000u /* msip of hart 0 */
#define CLINT_TIMER_COMPARE      0x02004000u /* mtimecmp of hart 0 */
