/* Says the OR of all that a new life finds in its registers and that is not the kernel's to choose, sleeps for a
 * sixteenth of a second, fills all registers, and ends: WORD 0 by exit-restart, 1 by a fault. Runs at any address,
 * needs no memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb
	.global _start
_start:
	orr	r4, r5			/* no flag is changed yet */
	orr	r4, r6
	orr	r4, r7
	orr	r4, r8
	orr	r4, r9
	orr	r4, r10
	orr	r4, r11
	orr	r4, r12
	eor	r5, lr, #1		/* a return from the first function faults */
	orr	r4, r5
	mrs	r5, apsr
	orr	r4, r5
	movs	r0, #8			/* low-level debug, */
	movs	r1, #2			/* print */
	mov	r2, r4
	movs	r3, #0
	svc	2
	movs	r0, #0			/* alarm, */
	movs	r1, #1			/* ticks of a second */
	svc	2
	lsrs	r2, r1, #4
	movs	r0, #0			/* alarm, */
	movs	r1, #5			/* fire when so many ticks have passed */
	svc	2
	movs	r0, #2			/* yield-wait-for */
	movs	r1, #0			/* alarm, */
	movs	r2, #0			/* upcall 0 */
	svc	0
	ldr	r4, =0xd1e7d1e7
	mov	r5, r4
	mov	r6, r4
	mov	r7, r4
	mov	r8, r4
	mov	r9, r4
	mov	r10, r4
	mov	r11, r4
	mov	r12, r4
	mov	lr, r4
	movs	r0, #1			/* exit-restart */
	mov	r1, r4
	mov	r2, r4
	mov	r3, r4
	.if WORD == 0
	svc	6
	.else
	svc	255			/* no such system call */
	.endif
	.ltorg
