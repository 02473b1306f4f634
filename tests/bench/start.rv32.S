/* Runs main() on the bare chip. */

	.section .start, "ax", @progbits
	.global	_start
_start:
	li	sp, 0x80010000
	call	main
