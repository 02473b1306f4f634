/* The least that a system call can be: from user mode to a function written in C and back, with the registers kept
 * that C may change. r0 to r3, r12, lr, pc and psr the hardware keeps on the caller's stack, in no instruction. No
 * check, no decision, no protection. */

	.syntax unified
	.cpu	cortex-m3
	.thumb

	.section .start, "ax", %progbits
vectors:
	.word	stack_end
	.word	_start
	.rept	9
	.word	unexpected
	.endr
	.word	entry				/* 11: SVCall */

	.thumb_func
	.global	_start
_start:
	ldr	r0, =user_stack_end
	msr	psp, r0
	movs	r0, #3				/* CONTROL: unprivileged, on PSP */
	msr	control, r0
	isb
	.global	floor_trap, floor_return
floor_trap:
	svc	0
floor_return:
	nop
	b	floor_return

	.thumb_func
entry:
	push	{r4, lr}
	mrs	r0, psp
	bl	function
	pop	{r4, pc}			/* exception return */

	.thumb_func
function:
	movs	r1, #128			/* success, into the caller's r0 */
	str	r1, [r0]
	bx	lr

	.thumb_func
unexpected:
	nop
	b	unexpected
	.ltorg

	.equ	stack_end, 0x20000400
	.equ	user_stack_end, 0x20000800
