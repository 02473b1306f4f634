/* Says 1, sleeps WORD seconds by one alarm, says 2, and sleeps for ever. Runs at any address, needs
 * no memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb

	.macro	say	value
	movs	r0, #8			/* low-level debug, */
	movs	r1, #2			/* print */
	movs	r2, #\value
	movs	r3, #0
	svc	2
	.endm

	.global _start
_start:
	say	1
	movs	r0, #0			/* alarm, */
	movs	r1, #1			/* ticks of a second */
	svc	2
	ldr	r3, =WORD
	mul	r2, r1, r3
	movs	r0, #0			/* alarm, */
	movs	r1, #5			/* fire when so many ticks have passed */
	movs	r3, #0
	svc	2
	movs	r0, #2			/* yield-wait-for */
	movs	r1, #0			/* alarm, */
	movs	r2, #0			/* upcall 0 */
	svc	0
	say	2
1:	movs	r0, #1			/* yield-wait */
	svc	0
	b	1b
	.ltorg
