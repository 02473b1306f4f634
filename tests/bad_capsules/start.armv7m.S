/* Cortex-M3 under QEMU with semihosting: the status of harness_run(), or 42 after any fault. */
	.syntax unified
	.thumb

	.section .start, "ax"
	.globl start
	.word 0x20004000		/* stack pointer */
	.word start
	.word fault			/* NMI */
	.word fault			/* hard fault: also what an undefined instruction becomes */
	.word fault
	.word fault
	.word fault

	.thumb_func
start:
	bl harness_run
	b finish

	.thumb_func
fault:
	movs r0, #42

	.thumb_func
finish:
	ldr r1, =0x20000100		/* parameter block: ADP_Stopped_ApplicationExit, status */
	ldr r2, =0x20026
	str r2, [r1]
	str r0, [r1, #4]
	movs r0, #0x20			/* SYS_EXIT_EXTENDED */
	bkpt 0xab
	b .
