/* Runs main() on the bare chip. */

	.syntax unified
	.cpu	cortex-m3
	.thumb

	.section .start, "ax", %progbits
	.word	0x20000400			/* stack */
	.word	_start

	.thumb_func
	.global	_start
_start:
	bl	main
