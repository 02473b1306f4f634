/* The ways in and out of the kernel on ARMv7-M.
 *
 * Hardware has pushed r0-r3, r12, lr, pc and psr of the interrupted code on its stack, PSP (processes
 * and the idle loop both run in thread mode on PSP). r4-r11 stay in their registers while C runs, which
 * preserves them, and are stored only when the way out leads to somebody else. All exceptions that
 * come here have one priority: none interrupts another. */

	.syntax unified
	.cpu cortex-m3
	.thumb

	/* struct context, arch/context.h */
	.equ CONTEXT_STACK_POINTER, 32

	.text

	.global armv7m_system_call_entry
	.type armv7m_system_call_entry, %function
armv7m_system_call_entry:
	push	{r4, lr}			/* lr is EXC_RETURN; r4 keeps the stack aligned to 8 */
	mrs	r0, psp
	bl	armv7m_system_call
	b	leave

	.global armv7m_interrupt_entry
	.type armv7m_interrupt_entry, %function
armv7m_interrupt_entry:
	push	{r4, lr}
	mrs	r0, ipsr
	bl	armv7m_interrupt
	b	leave

	.global armv7m_fault_entry
	.type armv7m_fault_entry, %function
armv7m_fault_entry:
	/* The report shows r4-r11, so they are stored although nobody else may come next. */
	ldr	r2, =armv7m_live
	ldr	r2, [r2]
	cbz	r2, 1f
	stmia	r2, {r4-r11}
	mrs	r0, psp
	str	r0, [r2, #CONTEXT_STACK_POINTER]
1:	mov	r0, lr				/* EXC_RETURN tells who faulted */
	mrs	r1, msp				/* the frame, if it was the kernel */
	push	{r4, lr}
	bl	armv7m_fault
	/* falls into leave */

leave:
	ldr	r0, =kernel_attention
	ldr	r0, [r0]
	cbnz	r0, leave_to_next
	movs	r1, #1				/* CONTROL.nPRIV: it was a process */
	msr	control, r1
	pop	{r4, pc}			/* exception return, to whom was interrupted */

leave_to_next:
	bl	armv7m_next			/* r0: struct context to return to */
	pop	{r4, lr}
	ldr	r1, =armv7m_live
	ldr	r2, [r1]
	cmp	r0, r2
	beq	2f
	cbz	r2, 1f				/* 0: the registers here belong to nobody any more */
	mrs	r3, psp
	stmia	r2, {r4-r11}
	str	r3, [r2, #CONTEXT_STACK_POINTER]
1:	str	r0, [r1]
	ldr	r3, [r0, #CONTEXT_STACK_POINTER]
	ldmia	r0, {r4-r11}
	msr	psp, r3
	/* Only the idle loop is privileged. Exception return synchronises. */
2:	ldr	r1, =armv7m_idle_context
	subs	r1, r0, r1
	it	ne
	movne	r1, #1				/* CONTROL.nPRIV; SPSEL is set by EXC_RETURN */
	msr	control, r1
	bx	lr

	/* noreturn void armv7m_idle(uint32_t stack): leaves the kernel's stack empty for good and waits for
	 * exceptions on one of its own. wfi in a handler would not wake for its own priority. */
	.global armv7m_idle
	.type armv7m_idle, %function
armv7m_idle:
	msr	psp, r0
	movs	r0, #2				/* CONTROL.SPSEL: thread mode on PSP, privileged */
	msr	control, r0
	isb
	ldr	r0, =_kernel_stack_end
	msr	msp, r0
	cpsie	i
1:	wfi
	b	1b

	/* noreturn void arch_panic(void): in a HardFault or NMI any further fault would lock the processor up,
	 * so these are left first, for thread mode (NONBASETHRDENA lets them, B1.5.8). */
	.equ CONFIGURATION_CONTROL, 0xe000ed14
	.global arch_panic
	.type arch_panic, %function
arch_panic:
	cpsid	i
	ldr	r0, =_kernel_stack_end
	ldr	r3, =kernel_panic_report
	mrs	r1, ipsr
	subs	r1, #2				/* 2 is NMI, 3 is HardFault */
	cmp	r1, #1
	bhi	1f
	ldr	r1, =CONFIGURATION_CONTROL
	ldr	r2, [r1]
	orr	r2, #1				/* NONBASETHRDENA */
	str	r2, [r1]
	movs	r2, #0
	msr	control, r2			/* thread mode is privileged, on MSP */
	mov	r1, #1 << 24			/* xPSR.T, no exception */
	stmdb	r0!, {r1}
	bic	r3, #1
	stmdb	r0!, {r3}			/* pc; what is below it does not matter */
	subs	r0, #6 * 4
	ldr	r3, =0xfffffff9			/* EXC_RETURN: thread mode, MSP */
1:	mov	sp, r0
	bx	r3
	.ltorg
