/* The least that a system call can be: from user mode to a function written in C and back, with the registers kept
 * that C may change. No check but for what kind of trap it is, no protection. */

	.equ	stack_end, 0x80010000

	.macro	all_saved operation
	\operation	ra, 0(sp)
	\operation	t0, 4(sp)
	\operation	t1, 8(sp)
	\operation	t2, 12(sp)
	\operation	t3, 16(sp)
	\operation	t4, 20(sp)
	\operation	t5, 24(sp)
	\operation	t6, 28(sp)
	\operation	a1, 32(sp)			/* a0 is the result */
	\operation	a2, 36(sp)
	\operation	a3, 40(sp)
	\operation	a4, 44(sp)
	\operation	a5, 48(sp)
	\operation	a6, 52(sp)
	\operation	a7, 56(sp)
	.endm

	.section .start, "ax", @progbits
	.global	_start
_start:
	la	t0, entry
	csrw	mtvec, t0
	li	t0, stack_end
	csrw	mscratch, t0
	li	t0, -1				/* user mode may do everything: one range over all memory */
	csrw	pmpaddr0, t0
	li	t0, 0x0f			/* TOR, read, write, execute */
	csrw	pmpcfg0, t0
	la	t0, floor_trap
	csrw	mepc, t0
	li	t0, 3 << 11			/* mstatus.MPP: user */
	csrc	mstatus, t0
	mret
	.global	floor_trap, floor_return
floor_trap:
	ecall
floor_return:
	nop
	j	floor_return

	.balign	4
entry:
	csrrw	sp, mscratch, sp
	addi	sp, sp, -64
	all_saved sw
	csrr	t0, mcause
	li	t1, 8				/* a system call from user mode */
	bne	t0, t1, unexpected
	csrr	t0, mepc
	addi	t0, t0, 4
	csrw	mepc, t0
	call	function
	all_saved lw
	addi	sp, sp, 64
	csrrw	sp, mscratch, sp
	mret

function:
	li	a0, 128				/* success */
	ret

unexpected:
	nop
	j	unexpected
