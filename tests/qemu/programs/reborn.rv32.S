/* Says the OR of all that a new life finds in its registers and that is not the kernel's to choose, sleeps for a
 * sixteenth of a second, fills all registers, and ends: WORD 0 by exit-restart, 1 by a fault. Runs at any address,
 * needs no memory. */

	.option	norelax
	.global _start
_start:
	or	s1, s1, a4
	.irp	register, gp, tp, t0, t1, t2, s0, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6, a5, a6, a7, ra
	or	s1, s1, \register
	.endr
	li	a0, 8			/* low-level debug, */
	li	a1, 2			/* print */
	mv	a2, s1
	li	a3, 0
	li	a4, 2
	ecall
	li	a0, 0			/* alarm, */
	li	a1, 1			/* ticks of a second */
	li	a4, 2
	ecall
	srli	a2, a1, 4
	li	a0, 0			/* alarm, */
	li	a1, 5			/* fire when so many ticks have passed */
	li	a4, 2
	ecall
	li	a0, 2			/* yield-wait-for */
	li	a1, 0			/* alarm, */
	li	a2, 0			/* upcall 0 */
	li	a4, 0
	ecall
	li	s1, 0xd1e7d1e7
	.irp	register, gp, tp, t0, t1, t2, s0, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6, a5, a6, a7, ra
	mv	\register, s1
	.endr
	li	a0, 1			/* exit-restart */
	mv	a1, s1
	mv	a2, s1
	mv	a3, s1
	.if WORD == 0
	li	a4, 6
	.else
	li	a4, 255			/* no such system call */
	.endif
	ecall
