/* Wakes every WORD milliseconds, to the tick, for ever. Runs at any address, needs no memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb

	.global _start
_start:
	movs	r0, #0			/* alarm, */
	movs	r1, #1			/* ticks of a second */
	svc	2
	mov	r4, #1000
	udiv	r4, r1, r4
	ldr	r5, =WORD
	mul	r4, r5			/* the period, in ticks */
	movs	r0, #0			/* alarm, */
	movs	r1, #2			/* now */
	svc	2
	mov	r5, r1			/* the last beat */
1:	movs	r0, #0			/* alarm, */
	movs	r1, #6			/* fire so many ticks after */
	mov	r2, r5
	mov	r3, r4
	svc	2
	movs	r0, #2			/* yield-wait-for */
	movs	r1, #0			/* alarm, */
	movs	r2, #0			/* upcall 0 */
	svc	0
	.global beat
beat:
	add	r5, r4
	b	1b
	.ltorg
