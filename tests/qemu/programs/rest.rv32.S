/* Gives the alarm driver command WORD, with a moment that is far away, and sleeps for ever: 5 sets an alarm, 3 stops
 * the one that there is not, after which there is a grant, too. Runs at any address, needs no memory. */

	.global _start
_start:
	li	a0, 0			/* alarm */
	li	a1, WORD
	li	a2, 0x70000000		/* ticks */
	li	a3, 0
	li	a4, 2
	ecall
1:	li	a0, 1			/* yield-wait */
	li	a4, 0
	ecall
	j	1b
