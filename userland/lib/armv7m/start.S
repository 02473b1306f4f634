/* From the kernel's first jump into an application to its main.
 *
 * The kernel passes r0 = where the binary is, r1 = start of RAM, r2 = its length, r3 = the break.
 * There is no stack to speak of until the break has been moved: up to there nothing is pushed, and
 * the 32 bytes below sp hold the frame of each svc. */

	.syntax unified
	.cpu	cortex-m3
	.thumb

	.section .start, "ax", %progbits
	.global	_start
	.type	_start, %function
	.thumb_func
_start:
	ldr	r4, =_flash_start	/* linked for this place in flash? */
	cmp	r0, r4
	bne	wrong_place
	ldr	r4, =_ram_start		/* and for this place in RAM? */
	cmp	r1, r4
	bne	wrong_place

	movs	r0, #0			/* memop brk: */
	ldr	r1, =_heap_end		/* all of stack, data, bss and heap */
	svc	#5
	cmp	r0, #128
	bne	no_memory
	ldr	r4, =_stack_top
	mov	sp, r4			/* from here on there is a stack */

	movs	r0, #10			/* memop: tell the top of the stack */
	mov	r1, r4
	svc	#5
	movs	r0, #11			/* memop: tell the start of the heap */
	ldr	r1, =_heap_start
	svc	#5

	ldr	r0, =_data_start	/* copy .data; all ends are multiples of 4 */
	ldr	r1, =_data_end
	ldr	r2, =_data_image
copy:
	cmp	r0, r1
	bhs	copied
	ldr	r3, [r2], #4
	str	r3, [r0], #4
	b	copy
copied:
	ldr	r1, =_bss_end		/* .bss follows .data: zero it */
	movs	r3, #0
clear:
	cmp	r0, r1
	bhs	cleared
	str	r3, [r0], #4
	b	clear
cleared:
	ldr	r4, =__init_array_start	/* constructors of C++ */
	ldr	r5, =__init_array_end
construct:
	cmp	r4, r5
	bhs	constructed
	ldr	r3, [r4], #4
	blx	r3
	b	construct
constructed:
	bl	main
	mov	r1, r0			/* exit-terminate(main's result) */
	movs	r0, #0
	svc	#6

wrong_place:
	movs	r0, #8			/* low-level debug, */
	movs	r1, #1			/* alert, */
	movs	r2, #2			/* code 2: not where it was linked for */
	movs	r3, #0
	svc	#2
	movs	r1, #1			/* exit-terminate(1: FAIL) */
	b	leave
no_memory:
	movs	r1, #9			/* exit-terminate(9: NOMEM) */
leave:
	movs	r0, #0
	svc	#6
	.size	_start, . - _start
	.ltorg
