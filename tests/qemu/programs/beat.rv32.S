/* Wakes every WORD milliseconds, to the tick, for ever. Runs at any address, needs no memory. */

	.global _start
_start:
	li	a0, 0			/* alarm, */
	li	a1, 1			/* ticks of a second */
	li	a4, 2
	ecall
	li	t0, 1000
	divu	s0, a1, t0
	li	t0, WORD
	mul	s0, s0, t0		/* the period, in ticks */
	li	a0, 0			/* alarm, */
	li	a1, 2			/* now */
	li	a4, 2
	ecall
	mv	s1, a1			/* the last beat */
1:	li	a0, 0			/* alarm, */
	li	a1, 6			/* fire so many ticks after */
	mv	a2, s1
	mv	a3, s0
	li	a4, 2
	ecall
	li	a0, 2			/* yield-wait-for */
	li	a1, 0			/* alarm, */
	li	a2, 0			/* upcall 0 */
	li	a4, 0
	ecall
	.global beat
beat:
	add	s1, s1, s0
	j	1b
