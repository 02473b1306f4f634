/* See registers.h. Register xn holds n in each of its bytes. On the stack, from sp up: a word for
 * each of x0 to x31 as they were found, then what the caller wants to have back, then the struct
 * and the class. */

	.equ	FOUND, 0
	.equ	KEPT, 128
	.equ	STRUCT, KEPT + 60
	.equ	CLASS, KEPT + 64
	.equ	FRAME, 208

	.macro	keep
	addi	sp, sp, -FRAME
	sw	ra, KEPT + 0(sp)
	sw	gp, KEPT + 4(sp)
	sw	tp, KEPT + 8(sp)
	.set	place, KEPT + 12
	.irp	register, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11
	sw	\register, place(sp)
	.set	place, place + 4
	.endr
	.endm

	.macro	give_back
	lw	ra, KEPT + 0(sp)
	lw	gp, KEPT + 4(sp)
	lw	tp, KEPT + 8(sp)
	.set	place, KEPT + 12
	.irp	register, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11
	lw	\register, place(sp)
	.set	place, place + 4
	.endr
	addi	sp, sp, FRAME
	.endm

	/* All but sp and a0 to a4. */
	.macro	each operation
	.irp	number, 1, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\operation \number
	.endr
	.endm

	.macro	fill number
	li	x\number, 0x01010101 * \number
	.endm

	.macro	store number
	sw	x\number, FOUND + 4 * \number(sp)
	.endm

	/* Sets bit `number` in s0 if the word found is not what was filled in. */
	.macro	check number
	lw	t0, FOUND + 4 * \number(sp)
	li	t1, 0x01010101 * \number
	beq	t0, t1, 1f
	li	t0, 1 << \number
	or	s0, s0, t0
1:
	.endm

	.section .text.exact_call, "ax", @progbits
	.global	exact_call
	.type	exact_call, @function
exact_call:
	keep
	sw	a1, STRUCT(sp)
	sw	a0, CLASS(sp)
	mv	a4, a0
	each	fill
	lw	a0, 0(a1)
	lw	a2, 8(a1)
	lw	a3, 12(a1)
	lw	a1, 4(a1)
	ecall
	each	store
	lw	t0, STRUCT(sp)
	sw	a0, 16(t0)
	sw	a1, 20(t0)
	sw	a2, 24(t0)
	sw	a3, 28(t0)
	li	s0, 0
	each	check
	lw	t0, CLASS(sp)
	beq	t0, a4, 2f
	li	t0, 1 << 14
	or	s0, s0, t0
2:	lw	t0, STRUCT(sp)
	sw	s0, 32(t0)
	give_back
	ret
	.size	exact_call, . - exact_call

	.section .text.registers_changed, "ax", @progbits
	.global	registers_changed
	.type	registers_changed, @function
registers_changed:
	keep
	each	fill
	fill	11
	fill	12
	fill	13
	fill	14
3:	addi	a0, a0, -1
	bnez	a0, 3b
	each	store
	store	11
	store	12
	store	13
	store	14
	li	s0, 0
	each	check
	check	11
	check	12
	check	13
	check	14
	mv	a0, s0
	give_back
	ret
	.size	registers_changed, . - registers_changed
