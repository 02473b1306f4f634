/* Says 1, sleeps WORD seconds by one alarm, says 2, and sleeps for ever. Runs at any address, needs
 * no memory. */

	.macro	say	value
	li	a0, 8			/* low-level debug, */
	li	a1, 2			/* print */
	li	a2, \value
	li	a3, 0
	li	a4, 2
	ecall
	.endm

	.global _start
_start:
	say	1
	li	a0, 0			/* alarm, */
	li	a1, 1			/* ticks of a second */
	li	a4, 2
	ecall
	li	t0, WORD
	mul	a2, a1, t0
	li	a0, 0			/* alarm, */
	li	a1, 5			/* fire when so many ticks have passed */
	li	a3, 0
	li	a4, 2
	ecall
	li	a0, 2			/* yield-wait-for */
	li	a1, 0			/* alarm, */
	li	a2, 0			/* upcall 0 */
	li	a4, 0
	ecall
	say	2
1:	li	a0, 1			/* yield-wait */
	li	a4, 0
	ecall
	j	1b
