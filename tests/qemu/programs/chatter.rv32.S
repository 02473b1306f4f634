/* Says WORD by low-level debug, over and over, and never yields. Runs at any address, needs no
 * memory. */

	.global _start
_start:
	li	a0, 8			/* low-level debug, */
	li	a1, 2			/* print */
	li	a2, WORD
	li	a3, 0
	li	a4, 2
	ecall
	j	_start
