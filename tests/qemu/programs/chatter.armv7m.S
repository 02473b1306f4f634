/* Says WORD by low-level debug, over and over, and never yields. Runs at any address, needs no
 * memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb
	.global _start
_start:
	movs	r0, #8			/* low-level debug, */
	movs	r1, #2			/* print */
	ldr	r2, =WORD
	movs	r3, #0
	svc	2
	b	_start
	.ltorg
