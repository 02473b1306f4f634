/* The ways in and out of the kernel on RV32 with machine and user mode.
 *
 * mscratch holds the struct context of the process in the processor, and 0 while the kernel runs. On
 * the way in only the registers that the kernel's C may change are stored, in that struct; the others
 * stay where they are until the way out leads to another process. These are the callee-saved s0-s11,
 * and those that the kernel is compiled not to use: gp, tp, and KEPT of arch.mk. */

	/* struct context, arch/context.h: pc, then x1.. */
	.macro	save n
	sw	x\n, 4 * \n(sp)
	.endm
	.macro	restore n
	lw	x\n, 4 * \n(sp)
	.endm

	.text

	.global rv32_trap_entry
	.balign 4				/* mtvec, direct mode */
rv32_trap_entry:
	csrrw	sp, mscratch, sp
	beqz	sp, kernel_trap
	.irp	n, 1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17
	save	\n
	.endr
	csrrw	t0, mscratch, zero		/* the process's sp; from now on this is the kernel */
	csrr	t1, mepc
	sw	t0, 4 * 2(sp)
	sw	t1, 0(sp)
	csrr	a0, mcause
	la	sp, _kernel_stack_end
	call	rv32_trap
	lw	t0, kernel_attention
	bnez	t0, leave_to_next
	lw	sp, rv32_live			/* to whom was interrupted */

	/* sp: struct context of the process in the processor. */
leave:
	csrw	mscratch, sp
	lw	t0, 0(sp)
	csrw	mepc, t0
	li	t0, 3 << 11			/* mstatus.MPP = user, on every way out */
	csrc	mstatus, t0
	.irp	n, 1, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17
	restore	\n
	.endr
	restore	2
	mret

leave_to_next:
	call	rv32_next

	/* a0: struct context to return to. */
leave_to:
	la	t0, rv32_live
	lw	t1, 0(t0)
	mv	sp, a0
	beq	t1, a0, leave
	beqz	t1, 1f				/* 0: the registers here belong to nobody any more */
	mv	sp, t1
	.irp	n, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	save	\n
	.endr
1:	sw	a0, 0(t0)
	mv	sp, a0
	.irp	n, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	restore	\n
	.endr
	j	leave

	/* A trap inside the kernel, which does not go on. mscratch stays 0, so that the next one leads here too. */
kernel_trap:
	csrr	a0, mepc
	mv	a1, ra
	csrrw	a2, mscratch, zero		/* sp, as it was */
	la	sp, _kernel_stack_end
	call	rv32_kernel_trap

	/* noreturn void arch_panic(void). Interrupts are off in the kernel. */
	.global arch_panic
arch_panic:
	la	sp, _kernel_stack_end
	call	kernel_panic_report

	/* noreturn void rv32_leave(struct context *): the first way out, with an empty stack. */
	.global rv32_leave
rv32_leave:
	la	sp, _kernel_stack_end
	j	leave_to

	.section .start, "ax"
	.global _start
_start:
	csrw	mie, zero
	la	t0, rv32_trap_entry
	csrw	mtvec, t0
	csrw	mscratch, zero
	csrr	t0, mhartid			/* one processor; the others sleep */
1:	bnez	t0, 2f
	la	sp, _kernel_stack_end
	call	rv32_reset
2:	wfi
	j	2b
