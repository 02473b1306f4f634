/* See registers.h. Register n holds n in all of its nibbles, which is an immediate that one mov can
 * load and one cmp compare. */

	.syntax unified
	.cpu	cortex-m3
	.thumb

	.equ	FLAGS, 0xf0000000		/* N, Z, C and V */

	.macro	fill
	mov	r4, #FLAGS
	msr	apsr_nzcvq, r4
	mov	r4, #0x44444444
	mov	r5, #0x55555555
	mov	r6, #0x66666666
	mov	r7, #0x77777777
	mov	r8, #0x88888888
	mov	r9, #0x99999999
	mov	r10, #0xaaaaaaaa
	mov	r11, #0xbbbbbbbb
	mov	r12, #0xcccccccc
	mov	lr, #0xeeeeeeee
	.endm

	/* Sets bit `number` in r1 if the word stored for it is not `value`. */
	.macro	check number, place, value
	ldr	r2, [sp, #4 * \place]
	cmp	r2, #\value
	it	ne
	orrne	r1, r1, #1 << \number
	.endm

	/* r1 = the mask, from r0 to r12 and lr pushed on the stack. */
	.macro	check_all
	mov	r1, #0
	check	4, 4, 0x44444444
	check	5, 5, 0x55555555
	check	6, 6, 0x66666666
	check	7, 7, 0x77777777
	check	8, 8, 0x88888888
	check	9, 9, 0x99999999
	check	10, 10, 0xaaaaaaaa
	check	11, 11, 0xbbbbbbbb
	check	12, 12, 0xcccccccc
	check	14, 13, 0xeeeeeeee
	.endm

	.section .text.exact_call, "ax", %progbits
	.global	exact_call
	.type	exact_call, %function
	.thumb_func
exact_call:
	push	{r4-r11, lr}
	push	{r1}			/* the struct */
	ldr	r2, =calls		/* the trap for this class, two instructions each */
	add	r2, r2, r0, lsl #2
	orr	r2, r2, #1		/* Thumb */
	push	{r2}
	fill
	ldm	r1, {r0-r3}
	pop	{pc}			/* there, with every register as it is */
	.balign	4
calls:
	.irp	class, 0, 1, 2, 3, 4, 5, 6, 7
	svc	#\class
	b.n	1f
	.endr
1:	push	{r0-r12, lr}
	mrs	r3, apsr		/* pushing has not changed the flags */
	check_all
	and	r3, r3, #FLAGS
	cmp	r3, #FLAGS
	it	ne
	orrne	r1, r1, #1 << 16
	pop	{r4-r7}			/* what r0 to r3 were */
	add	sp, sp, #40
	pop	{r0}			/* the struct */
	add	r2, r0, #16
	stm	r2!, {r4-r7}
	str	r1, [r2]
	pop	{r4-r11, pc}
	.size	exact_call, . - exact_call
	.ltorg

	.section .text.registers_changed, "ax", %progbits
	.global	registers_changed
	.type	registers_changed, %function
	.thumb_func
registers_changed:
	push	{r3-r11, lr}		/* r3 only for the alignment */
	mov	r3, #0x33333333
	mov	r1, #0x11111111
	mov	r2, #0x22222222
	fill
1:	subs	r0, r0, #1
	bne	1b
	push	{r0-r12, lr}
	check_all
	check	2, 2, 0x22222222
	check	3, 3, 0x33333333
	mov	r0, r1
	ldr	r2, [sp, #4]
	cmp	r2, #0x11111111
	it	ne
	orrne	r0, r0, #1 << 1
	add	sp, sp, #56
	pop	{r3-r11, pc}
	.size	registers_changed, . - registers_changed
