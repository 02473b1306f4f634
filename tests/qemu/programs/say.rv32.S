/* Says WORD by low-level debug and sleeps for ever. Runs at any address, needs no memory. */

	.global _start
_start:
	li	a0, 8			/* low-level debug, */
	li	a1, 2			/* print */
	li	a2, WORD
	li	a3, 0
	li	a4, 2
	ecall
1:	li	a0, 1			/* yield-wait */
	li	a4, 0
	ecall
	j	1b
