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
	.irp	n, 1, 6, 10, 11, 12, 13, 14, 15, 16
	save	\n
	.endr
	csrrw	a5, mscratch, zero		/* the process's sp; from now on this is the kernel */
	csrr	t1, mepc
	sw	a5, 4 * 2(sp)
	csrr	a0, mcause
	li	a5, 8				/* a system call from user mode */
	bne	a0, a5, other_trap
	addi	t1, t1, 4			/* it goes on behind its ecall */
	sw	t1, 0(sp)
	mv	a0, sp
	zext.b	a1, a4				/* the class */
	la	sp, _kernel_stack_end
	call	kernel_system_call
look_around:
	lw	a5, kernel_attention
	bnez	a5, leave_to_next
	lw	sp, rv32_live			/* to whom was interrupted */

	/* sp: struct context of the process in the processor. mstatus.MPP is user: the trap, which came
	 * from there, has set it, or rv32_run has. */
leave:
	csrw	mscratch, sp
	lw	a5, 0(sp)
	csrw	mepc, a5
	.irp	n, 1, 6, 10, 11, 12, 13, 14, 15, 16
	restore	\n
	.endr
	restore	2
	mret

other_trap:
	sw	t1, 0(sp)
	la	sp, _kernel_stack_end
	call	rv32_trap
	j	look_around

	/* noreturn void rv32_run(void): leaves main's stack behind; the first way out. */
	.global rv32_run
rv32_run:
	la	sp, _kernel_stack_end
	li	a5, 3 << 11			/* mstatus.MPP: all that comes after the first way out is a trap */
	csrc	mstatus, a5
leave_to_next:
	call	rv32_next			/* a0: struct context to return to */
	la	a5, rv32_live
	lw	a4, 0(a5)
	mv	sp, a0
	beq	a4, a0, leave
	beqz	a4, 1f				/* 0: the registers here belong to nobody any more */
	mv	sp, a4
	.irp	n, 3, 4, 5, 7, 8, 9, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	save	\n
	.endr
1:	sw	a0, 0(a5)
	mv	sp, a0
	.irp	n, 3, 4, 5, 7, 8, 9, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
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
