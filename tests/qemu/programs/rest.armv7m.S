/* Gives the alarm driver command WORD, with a moment that is far away, and sleeps for ever: 5 sets an alarm, 3 stops
 * the one that there is not, after which there is a grant, too. Runs at any address, needs no memory. */

	.syntax unified
	.cpu cortex-m3
	.thumb

	.global _start
_start:
	movs	r0, #0			/* alarm */
	movs	r1, #WORD
	mov	r2, #0x70000000		/* ticks */
	movs	r3, #0
	svc	2
1:	movs	r0, #1			/* yield-wait */
	svc	0
	b	1b
