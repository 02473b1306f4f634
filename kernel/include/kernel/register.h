#pragma once

#include <kernel/binding.h>
#include <stdint.h>

/* The registers of a peripheral, for chip drivers.
 *
 * What a register holds is a struct of bit-fields, least significant first, or a whole number:
 *
 *     struct lm3s_uart_line_control {
 *             bool break_send : 1;
 *             ...
 *             uint32_t word_length : 2 VALUES_OF(lm3s_uart_word_length);
 *             bool parity_stick : 1;
 *             uint32_t reserved_8 : 24;
 *     };
 *     REGISTER_READ_WRITE(lm3s_uart_line_control, struct lm3s_uart_line_control, 0x00000000);
 *
 * The macro says once how the register may be accessed and what it holds after reset. It makes the
 * type of the register's place in a block, `struct NAME_register`, and the functions there are:
 *
 *     struct lm3s_uart_registers {
 *             ...
 *             struct lm3s_uart_line_control_register line_control AT_OFFSET(0x02C);
 *
 *     lm3s_uart_line_control_write(&registers->line_control,
 *                                  (struct lm3s_uart_line_control){.fifos = true});
 *
 *   R1  _read() and _write() are one access each, of the register's width, and so is _clear() of a
 *       register that is cleared by writing ones. None is left out, merged, split or moved past
 *       another.
 *   R2  What an access right does not offer does not compile.
 *   R3  _reset_value() accesses nothing: it is what the data sheet says.
 *   R4  Drivers reach a register in no other way, give a field nothing but values of its own type,
 *       and leave reserved fields as they were read (tools/capcheck, rules R1 to R9).
 *
 * Registers that share an address stand in a union. A gap is an array `uint32_t reserved_018[4]`.
 * Only boards turn an address into a block. */

#define REGISTER_READ_ONLY(name, value, reset)                                                     \
	PRIVATE_REGISTER(name, value, "read only", reset);                                         \
	PRIVATE_REGISTER_READ(name, value)

#define REGISTER_WRITE_ONLY(name, value)                                                           \
	PRIVATE_REGISTER(name, value, "write only", RESET_UNKNOWN);                                \
	PRIVATE_REGISTER_WRITE(name, value, write)

#define REGISTER_READ_WRITE(name, value, reset)                                                    \
	PRIVATE_REGISTER(name, value, "read write", reset);                                        \
	PRIVATE_REGISTER_READ(name, value);                                                        \
	PRIVATE_REGISTER_WRITE(name, value, write)

/* A register whose bits stand for things of their own (pins, clock gates, interrupts). _set() sets
 * the bits that are set in the value, _clear() clears them: the others stay. Each reads, then
 * writes. */
#define REGISTER_BITS(name, value, reset)                                                          \
	PRIVATE_REGISTER(name, value, "bits", reset);                                              \
	PRIVATE_REGISTER_READ(name, value);                                                        \
	PRIVATE_REGISTER_WRITE(name, value, write);                                                \
	PRIVATE_REGISTER_CHANGE(name, value, set, |=);                                             \
	PRIVATE_REGISTER_CHANGE(name, value, clear, &= ~)

/* Writing a one clears that bit, or quietens what it stands for; a zero does nothing. */
#define REGISTER_WRITE_1_TO_CLEAR(name, value)                                                     \
	PRIVATE_REGISTER(name, value, "write 1 to clear", RESET_UNKNOWN);                          \
	PRIVATE_REGISTER_WRITE(name, value, clear)

/* The same, where reading tells which bits are set. */
#define REGISTER_READ_WRITE_1_TO_CLEAR(name, value, reset)                                         \
	PRIVATE_REGISTER(name, value, "read, write 1 to clear", reset);                            \
	PRIVATE_REGISTER_READ(name, value);                                                        \
	PRIVATE_REGISTER_WRITE(name, value, clear)

/* For `reset`, where the data sheet gives no value: _reset_value() does not compile then. */
#define RESET_UNKNOWN private_reset_unknown()

/* Of a register or union of registers in a block, counted from the block's address. */
#define AT_OFFSET(offset) __attribute__((annotate("offset:" #offset)))

/* Of a field that takes the values of an enum and no others. The field itself is a number: what
 * kind of number an enum is, and where bits of that type may begin, differs between compilers. */
#define VALUES_OF(tag) __attribute__((annotate("values:" #tag)))

/* --- what the macros above are made of --- */

uint32_t private_reset_unknown(void)
    __attribute__((error("this register has no known reset value")));

/* As wide as the value; there is no register of another width. */
#define PRIVATE_REGISTER_WORD(value)                                                               \
	__typeof__(_Generic((char(*)[sizeof(value)])0,                                             \
		       char(*)[1]: (uint8_t)0,                                                     \
		       char(*)[2]: (uint16_t)0,                                                    \
		       char(*)[4]: (uint32_t)0))

#define PRIVATE_REGISTER(name, value, access, reset)                                               \
	struct name##_register {                                                                   \
		volatile PRIVATE_REGISTER_WORD(value) private_word;                                \
	} PINNED __attribute__((annotate("register:" access ":" #reset)));                         \
	union name##_private_view {                                                                \
		PRIVATE_REGISTER_WORD(value) private_word;                                         \
		value private_value;                                                               \
	};                                                                                         \
	BINDING_INLINE value name##_reset_value(void)                                              \
	{                                                                                          \
		return ((union name##_private_view){.private_word = (reset)}).private_value;       \
	}                                                                                          \
	_Static_assert(1, "")

#define PRIVATE_REGISTER_READ(name, value)                                                         \
	BINDING_INLINE value name##_read(const struct name##_register *self)                       \
	{                                                                                          \
		return ((union name##_private_view){.private_word = self->private_word})           \
		    .private_value;                                                                \
	}                                                                                          \
	_Static_assert(1, "")

#define PRIVATE_REGISTER_WRITE(name, value, verb)                                                  \
	BINDING_INLINE void name##_##verb(struct name##_register *self, value written)             \
	{                                                                                          \
		self->private_word =                                                               \
		    ((union name##_private_view){.private_value = written}).private_word;          \
	}                                                                                          \
	_Static_assert(1, "")

#define PRIVATE_REGISTER_CHANGE(name, value, verb, operation)                                      \
	BINDING_INLINE void name##_##verb(struct name##_register *self, value bits)                \
	{                                                                                          \
		union name##_private_view view = {.private_value = bits};                          \
                                                                                                   \
		self->private_word operation view.private_word;                                    \
	}                                                                                          \
	_Static_assert(1, "")
