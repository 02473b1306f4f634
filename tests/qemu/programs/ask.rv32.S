/* Makes the system call of class WORD >> 16 with a0 = WORD >> 8 & 255, a1 = WORD & 255 and zeros, says
 * what came back (a0 << 8 | a1) by low-level debug, and sleeps for ever. Runs at any address, needs no
 * memory. */

	.global _start
_start:
	li	a0, (WORD >> 8 & 255)
	li	a1, (WORD & 255)
	li	a2, 0
	li	a3, 0
	li	a4, WORD >> 16
	ecall
	slli	a2, a0, 8
	or	a2, a2, a1
	li	a0, 8			/* low-level debug, */
	li	a1, 2			/* print */
	li	a3, 0
	li	a4, 2
	ecall
1:	li	a0, 1			/* yield-wait */
	li	a4, 0
	ecall
	j	1b
