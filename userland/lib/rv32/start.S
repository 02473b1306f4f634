/* From the kernel's first jump into an application to its main.
 *
 * The kernel passes a0 = where the binary is, a1 = start of RAM, a2 = its length, a3 = the break,
 * which is the start of RAM: there is no stack until the break has been moved.
 *
 * Addresses are built with %hi and %lo, absolute, where the place is checked: `la` counts from the
 * program counter and would be wrong by the same distance as the binary. */

	.macro	address register, symbol
	lui	\register, %hi(\symbol)
	addi	\register, \register, %lo(\symbol)
	.endm

	.section .start, "ax", @progbits
	.global	_start
	.type	_start, @function
_start:
	address	t0, _flash_start	/* linked for this place in flash? */
	bne	a0, t0, wrong_place
	address	t0, _ram_start		/* and for this place in RAM? */
	bne	a1, t0, wrong_place

	li	a0, 0			/* memop brk: */
	address	a1, _heap_end		/* all of stack, data, bss and heap */
	li	a4, 5
	ecall
	li	t0, 128
	bne	a0, t0, no_memory
	address	sp, _stack_top		/* from here on there is a stack */

	li	a0, 10			/* memop: tell the top of the stack */
	mv	a1, sp
	ecall
	li	a0, 11			/* memop: tell the start of the heap */
	address	a1, _heap_start
	ecall

	address	a0, _data_start		/* copy .data; all ends are multiples of 4 */
	address	a1, _data_end
	address	a2, _data_image
copy:
	bgeu	a0, a1, copied
	lw	a3, 0(a2)
	sw	a3, 0(a0)
	addi	a0, a0, 4
	addi	a2, a2, 4
	j	copy
copied:
	address	a1, _bss_end		/* .bss follows .data: zero it */
clear:
	bgeu	a0, a1, cleared
	sw	zero, 0(a0)
	addi	a0, a0, 4
	j	clear
cleared:
	address	s0, __init_array_start	/* constructors of C++ */
	address	s1, __init_array_end
construct:
	bgeu	s0, s1, constructed
	lw	a0, 0(s0)
	addi	s0, s0, 4
	jalr	a0
	j	construct
constructed:
	call	main
	mv	a1, a0			/* exit-terminate(main's result) */
	j	leave

wrong_place:
	li	a0, 8			/* low-level debug, */
	li	a1, 1			/* alert, */
	li	a2, 2			/* code 2: not where it was linked for */
	li	a3, 0
	li	a4, 2
	ecall
	li	a1, 1			/* exit-terminate(1: FAIL) */
	j	leave
no_memory:
	li	a1, 9			/* exit-terminate(9: NOMEM) */
leave:
	li	a0, 0
	li	a4, 6
	ecall
	.size	_start, . - _start
