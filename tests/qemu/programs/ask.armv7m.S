/* Makes the system call of class WORD >> 16 with r0 = WORD >> 8 & 255, r1 = WORD & 255 and zeros, says
 * what came back (r0 << 8 | r1) by low-level debug, and sleeps for ever. Runs at any address, needs no
 * memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb
	.global _start
_start:
	movs	r0, #(WORD >> 8 & 255)
	movs	r1, #(WORD & 255)
	movs	r2, #0
	movs	r3, #0
	svc	WORD >> 16
	lsls	r2, r0, #8
	orrs	r2, r1
	movs	r0, #8			/* low-level debug, */
	movs	r1, #2			/* print */
	movs	r3, #0
	svc	2
1:	movs	r0, #1			/* yield-wait */
	svc	0
	b	1b
