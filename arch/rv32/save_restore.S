/* How functions that are compiled to be small (COLD_FLAGS of arch.mk) begin and end: with a call of one of these,
 * which the compiler writes itself (-msave-restore), in place of their own loads and stores. The library of
 * the compiler has the same; these use no register but t0, which holds the address to come back to.
 *
 * A function that saves N of s0, s1, .. has them below ra at the top of its frame, of which these make as much as
 * holds them, in steps of 16 bytes. Its frame, as the compiler tells it, contains that. */

	.macro	begin name
	.global	\name
	.type	\name, @function
\name:
	.endm

	/* sw x, offset + 4 * i(sp), the last register at `offset` */
	.macro	store offset, registers:vararg
	.set	place, \offset
	.irp	each, \registers
	sw	\each, place(sp)
	.set	place, place + 4
	.endr
	.endm
	.macro	load offset, registers:vararg
	.set	place, \offset
	.irp	each, \registers
	lw	\each, place(sp)
	.set	place, place + 4
	.endr
	.endm

	.section .text.rv32_save_3, "ax"
	begin	__riscv_save_0
	begin	__riscv_save_1
	begin	__riscv_save_2
	begin	__riscv_save_3
	addi	sp, sp, -16
	store	0, s2, s1, s0, ra
	jr	t0

	.section .text.rv32_save_7, "ax"
	begin	__riscv_save_4
	begin	__riscv_save_5
	begin	__riscv_save_6
	begin	__riscv_save_7
	addi	sp, sp, -32
	store	0, s6, s5, s4, s3, s2, s1, s0, ra
	jr	t0

	.section .text.rv32_save_12, "ax"
	begin	__riscv_save_8
	begin	__riscv_save_9
	begin	__riscv_save_10
	begin	__riscv_save_11
	addi	sp, sp, -48
	store	0, s10, s9, s8, s7, s6, s5, s4, s3, s2, s1, s0, ra
	jr	t0
	begin	__riscv_save_12
	addi	sp, sp, -64
	store	12, s11, s10, s9, s8, s7, s6, s5, s4, s3, s2, s1, s0, ra
	jr	t0

	/* Each takes a part of the frame back and falls into the next. */
	.section .text.rv32_restore, "ax"
	begin	__riscv_restore_12
	load	12, s11
	addi	sp, sp, 16
	begin	__riscv_restore_11
	begin	__riscv_restore_10
	begin	__riscv_restore_9
	begin	__riscv_restore_8
	load	0, s10, s9, s8, s7
	addi	sp, sp, 16
	begin	__riscv_restore_7
	begin	__riscv_restore_6
	begin	__riscv_restore_5
	begin	__riscv_restore_4
	load	0, s6, s5, s4, s3
	addi	sp, sp, 16
	begin	__riscv_restore_3
	begin	__riscv_restore_2
	begin	__riscv_restore_1
	begin	__riscv_restore_0
	load	0, s2, s1, s0, ra
	addi	sp, sp, 16
	ret
