/* Start-up code for programs laid out as layout.ld says: RAM is what the start of the program tells it to
 * be. One that is position independent also corrects its own pointers. */

#include <stddef.h>
#include <stdint.h>

#define FLASH_ANYWHERE 0x80000000u

/* Offsets into the program in flash and into RAM, and sizes, in bytes. */
struct start {
	uint32_t got_image;
	uint32_t got;
	uint32_t got_size;
	uint32_t data_image;
	uint32_t data;
	uint32_t data_size;
	uint32_t bss;
	uint32_t bss_size;
	uint32_t relocations;
	uint32_t stack_size;
};

/* Pairs of an address and a kind; the kind is always that of a pointer. */
struct relocations {
	uint32_t size;
	struct {
		uint32_t place;
		uint32_t kind;
	} entries[];
};

/* Asks for RAM up to the end of .bss (memop 0), sets the stack, which lies at the start of RAM, and calls
 * start() with what the kernel tells: program and RAM. Its result is the base register of
 * position-independent code. 24, 28 and 36 are offsets into struct start. */
#ifdef __riscv
__asm__(".section .start, \"ax\"\n"
	".globl _start\n"
	"_start:\n"
	"	mv s0, a0\n"
	"	mv s1, a1\n"
	"	lw t0, 24(s0)\n"
	"	lw t1, 28(s0)\n"
	"	li a0, 0\n"
	"	add a1, t0, t1\n"
	"	add a1, a1, s1\n"
	"	li a4, 5\n"
	"	ecall\n"
	"	lw t0, 36(s0)\n"
	"	add sp, s1, t0\n"
	"	mv a0, s0\n"
	"	mv a1, s1\n"
	"	call start\n"
	"	call main\n"
	"0:	j 0b\n"
	".text\n");
#define MOVES 0
#else
__asm__(".syntax unified\n"
	".section .start, \"ax\"\n"
	".globl _start\n"
	".thumb_func\n"
	"_start:\n"
	"	mov r4, r0\n"
	"	mov r5, r1\n"
	"	ldr r1, [r4, #24]\n"
	"	ldr r2, [r4, #28]\n"
	"	add r1, r2\n"
	"	add r1, r5\n"
	"	movs r0, #0\n"
	"	svc 5\n"
	"	ldr r2, [r4, #36]\n"
	"	add r2, r5\n"
	"	mov sp, r2\n"
	"	mov r0, r4\n"
	"	mov r1, r5\n"
	"	bl start\n"
	"	mov r9, r0\n"
	"	bl main\n"
	"0:	b 0b\n"
	".text\n");
#define MOVES 1
#endif

static uint32_t moved(uint32_t value, uint32_t flash, uint32_t ram)
{
	return value >= FLASH_ANYWHERE ? value - FLASH_ANYWHERE + flash : value + ram;
}

/* Nothing of RAM can be used before this is over, and no global variable in it. */
__attribute__((used, visibility("hidden"))) uint8_t *start(const uint8_t *flash, uint8_t *ram)
{
	const struct start *start = (const void *)flash;
	const struct relocations *relocations = (const void *)&flash[start->relocations];
	volatile uint32_t *got = (void *)&ram[start->got];
	const uint32_t *got_image = (const void *)&flash[start->got_image];
	volatile uint8_t *bytes = ram;

	for (size_t i = 0; i < start->data_size; i++) {
		bytes[start->data + i] = flash[start->data_image + i];
	}
	for (size_t i = 0; i < start->bss_size; i++) {
		bytes[start->bss + i] = 0;
	}
	for (size_t i = 0; i < start->got_size / sizeof(*got); i++) {
		got[i] = moved(got_image[i], (uint32_t)flash, (uint32_t)ram);
	}
	for (size_t i = 0; MOVES && i < relocations->size / sizeof(relocations->entries[0]); i++) {
		volatile uint32_t *place = (void *)&ram[relocations->entries[i].place];
		*place = moved(*place, (uint32_t)flash, (uint32_t)ram);
	}
	return &ram[start->got];
}
