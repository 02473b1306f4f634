/* The ways in and out of the kernel on RV32 with machine and user mode.
 *
 * mscratch holds, always, the struct context of the process that is or was last in the processor. On
 * the way in only the registers that the kernel's C may change are stored, in that struct; the others
 * stay where they are until the way out leads to another process. These are the callee-saved s0-s11,
 * and those that the kernel is compiled not to use: gp, tp, and KEPT of arch.mk. So does mepc stay, the
 * process's program counter. Its place in the struct holds meanwhile where the kernel's stack ends. */

	/* Words at the end of the stack: kernel.ld. */
	.equ ATTENTION, 0			/* kernel_attention */
	.equ LIVE, 4				/* rv32_live */

	/* struct context, arch/context.h: pc, then x1.. */
	.macro	save n
	sw	x\n, 4 * \n(a1)
	.endm
	.macro	restore n
	lw	x\n, 4 * \n(a1)
	.endm

	/* What C may change and is not stored yet; a1 of the process is in mscratch, which gets the context back. */
	.macro	save_caller_saved
	csrrw	a5, mscratch, a1
	sw	a5, 4 * 11(a1)
	.irp	n, 1, 2, 5, 10, 12, 13, 14
	save	\n
	.endr
	.endm

	/* All that C does not change. */
	.macro	others operation
	.irp	n, 3, 4, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\operation	\n
	.endr
	.endm

	.text

	/* A system call comes from user mode, the only one whose calls have the cause 8. */
	.global rv32_trap_entry
	.balign 4				/* mtvec, direct mode */
rv32_trap_entry:
	csrrw	a1, mscratch, a1
	save	15
	csrr	a5, mcause
	addi	a5, a5, -8
	bnez	a5, other_trap
	save_caller_saved
	csrr	a5, mepc
	addi	a5, a5, 4			/* it goes on behind its ecall */
	csrw	mepc, a5
	zext.b	a0, a4				/* the class */
	lw	sp, 0(a1)
	call	kernel_system_call
look_around:
	lw	a5, ATTENTION(sp)
	csrr	a1, mscratch
	bnez	a5, leave_to_next
leave:						/* a1: struct context of the process */
	.irp	n, 1, 2, 5, 10, 12, 13, 14, 15, 11
	restore	\n
	.endr
	mret

	/* An interrupt or a fault of a process; or a trap of the kernel, for which a5 of the process is lost. */
other_trap:
	csrr	a5, mstatus
	slli	a5, a5, 31 - 12			/* the upper bit of MPP */
	bltz	a5, kernel_trap
	save_caller_saved
	lw	sp, 0(a1)
	csrr	a0, mcause
	bltz	a0, 1f				/* an interrupt */
	call	save_others			/* for the report, although nobody else may come next */
1:	call	rv32_trap
	j	look_around

save_others:
	others save
	ret

	/* noreturn void rv32_run(void): leaves main's stack behind; the first way out. */
	.global rv32_run
rv32_run:
	la	sp, _kernel_stack_end
	li	a5, 3 << 11			/* mstatus.MPP: all that comes after the first way out is a trap */
	csrc	mstatus, a5
leave_to_next:
	call	kernel_next			/* a0: struct context to return to; 0: nobody's yet */
	bnez	a0, 1f
	call	rv32_sleep
	j	leave_to_next
1:	lw	a1, LIVE(sp)
	beq	a1, a0, leave
	sw	a0, LIVE(sp)
	csrw	mscratch, a0
	beqz	a1, 1f				/* 0: the registers here belong to nobody any more */
	csrr	a5, mepc
	sw	a5, 0(a1)
	others save				/* a call of save_others would be two instructions more */
1:	mv	a1, a0
	lw	a5, 0(a1)
	csrw	mepc, a5
	sw	sp, 0(a1)
	others restore
	j	leave

	/* A trap inside the kernel, which does not go on: the next one leads here too. */
kernel_trap:
	csrw	mscratch, a1
	csrr	a0, mepc
	mv	a1, ra
	mv	a2, sp
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
	la	t0, _kernel_stack_end - 4 * 16	/* a trap before the first process comes: see other_trap */
	csrw	mscratch, t0
	csrr	t0, mhartid			/* one processor; the others sleep */
1:	bnez	t0, 2f
	la	sp, _kernel_stack_end
	call	rv32_reset
2:	wfi
	j	2b
