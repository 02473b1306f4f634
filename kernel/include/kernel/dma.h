#pragma once

#include <kernel/buffer.h>
#include <kernel/checked.h>
#include <kernel/error.h>
#include <kernel/register.h>

/* DMA: hardware that reads or writes memory by itself, for chip drivers.
 *
 * A register that takes an address, one that takes a length, and the one that starts the transfer
 * have types of their own. Drivers have no function that writes them; a channel has, and it writes
 * nothing but the address and a length of a buffer that it owns:
 *
 *     REGISTER_DMA_ADDRESS(lm3x_dma_source, 4);            a multiple of 4 bytes
 *     REGISTER_DMA_LENGTH(lm3x_dma_count, 0xFFFF);         at most so many bytes
 *     REGISTER_DMA_CONTROL(lm3x_dma_control, struct lm3x_dma_control, 0x00000000);
 *     struct lm3x_dma_registers { ... };
 *     DMA_CHANNEL(lm3x_dma, channel, source, count, control, start, status, busy);
 *
 * says, from the data sheet, of the block `struct lm3x_dma_registers` (whose registers `x` are
 * declared as lm3x_dma_x): a transfer of `count` bytes from or to `source` begins when `start` of
 * `control` is set, and the hardware uses the memory until `busy` of `status` is clear. `busy` is up
 * from the write that starts, and may be read at any time. This makes `struct lm3x_dma_channel`, a
 * field of the driver's struct, and its functions:
 *
 *   _init(self, registers)          once; again, it traps.
 *   _configure(self, control)       writes the control register, with `start` clear. Where clearing
 *                                   it ends a transfer, this asks for the end.
 *   _start(self, &buffer, length)   hands `length` bytes to the hardware, from the buffer's first.
 *   _is_done(self)                  whether it holds a buffer and the hardware has finished.
 *   _take(self)                     the buffer back. Traps unless _is_done().
 *
 *   D1  _start() returns ERROR_BUSY while a buffer is held or the hardware is busy, ERROR_SIZE for
 *       no byte or more than the buffer or the register holds, ERROR_INVAL for a buffer that does
 *       not begin where the hardware can; then the buffer stays the caller's. ERROR_NONE: it is
 *       gone.
 *   D2  From then until _take() nobody reads, writes, or has a view of the buffer, or can lose it.
 *   D3  Before the hardware starts, all that was written to the buffer is in memory; after _take()
 *       all that the hardware wrote is seen (dma_barrier()). No part here has a data cache: one
 *       that has wants its buffers where nothing is cached.
 *   D4  Both directions are the same to a channel. Hardware that does both at once has two.
 *
 * Fields that change what a length counts or how an address moves on (item size, increment, repeat)
 * are declared reserved: they keep the value that makes it bytes, once. That they are, and that
 * each register that takes an address is declared as one, no check finds: `make registers` counts
 * what was declared. Not covered: descriptors in memory, and hardware that tells its end by a flag
 * alone.
 *
 * Wiring: `dma` in the board's KERNEL (board.mk). RAM: three words a channel. */

#define REGISTER_DMA_ADDRESS(name, multiple_of)                                                    \
	struct name##_register {                                                                   \
		volatile uint32_t private_address;                                                 \
	} PINNED __attribute__((annotate("register:dma address:")));                               \
	enum {                                                                                     \
		name##_private_multiple_of = (multiple_of)                                         \
	}

#define REGISTER_DMA_LENGTH(name, most)                                                            \
	struct name##_register {                                                                   \
		volatile uint32_t private_length;                                                  \
	} PINNED __attribute__((annotate("register:dma length:")));                                \
	enum {                                                                                     \
		name##_private_most = (most)                                                       \
	}

#define REGISTER_DMA_CONTROL(name, value, reset)                                                   \
	PRIVATE_REGISTER(name, value, "dma control", reset);                                       \
	PRIVATE_REGISTER_READ(name, value);                                                        \
	PRIVATE_REGISTER_WRITE(name, value, private_write);                                        \
	typedef value name##_private_value

#define DMA_CHANNEL(family, channel, address, length, control, start, status, busy)                \
	BINDING_CHECK(struct family##_registers, address, struct family##_##address##_register);   \
	BINDING_CHECK(struct family##_registers, length, struct family##_##length##_register);     \
	BINDING_CHECK(struct family##_registers, control, struct family##_##control##_register);   \
	BINDING_CHECK(struct family##_registers, status, struct family##_##status##_register);     \
	struct family##_##channel {                                                                \
		struct family##_registers *private_registers;                                      \
		struct buffer private_buffer; /* empty: the hardware has nothing */                \
	} PINNED;                                                                                  \
	static inline void family##_##channel##_init(struct family##_##channel *self,              \
						     struct family##_registers *registers)         \
	{                                                                                          \
		require(self->private_registers == NULL);                                          \
		self->private_registers = registers;                                               \
	}                                                                                          \
	static inline void family##_##channel##_private_write(                                     \
	    struct family##_##channel *self, family##_##control##_private_value value, bool go)    \
	{                                                                                          \
		value.start = go;                                                                  \
		family##_##control##_private_write(&PRESENT(self->private_registers)->control,     \
						   value);                                         \
	}                                                                                          \
	static inline void family##_##channel##_configure(                                         \
	    struct family##_##channel *self, family##_##control##_private_value value)             \
	{                                                                                          \
		family##_##channel##_private_write(self, value, false);                            \
	}                                                                                          \
	static inline bool family##_##channel##_private_is_busy(                                   \
	    const struct family##_##channel *self)                                                 \
	{                                                                                          \
		union family##_##status##_private_view view = {                                    \
		    .private_word = PRESENT(self->private_registers)->status.private_word};        \
                                                                                                   \
		return view.private_value.busy;                                                    \
	}                                                                                          \
	static inline bool family##_##channel##_is_done(const struct family##_##channel *self)     \
	{                                                                                          \
		return !buffer_is_empty(&self->private_buffer) &&                                  \
		       !family##_##channel##_private_is_busy(self);                                \
	}                                                                                          \
	static inline enum error_code family##_##channel##_start(                                  \
	    struct family##_##channel *self, struct buffer *buffer, uint32_t bytes)                \
	{                                                                                          \
		struct family##_registers *registers = PRESENT(self->private_registers);           \
                                                                                                   \
		if (!buffer_is_empty(&self->private_buffer) ||                                     \
		    family##_##channel##_private_is_busy(self)) {                                  \
			return ERROR_BUSY;                                                         \
		}                                                                                  \
		enum error_code error =                                                            \
		    private_dma_check(buffer, bytes, family##_##length##_private_most,             \
				      family##_##address##_private_multiple_of);                   \
		if (error != ERROR_NONE) {                                                         \
			return error;                                                              \
		}                                                                                  \
		self->private_buffer = buffer_take(buffer);                                        \
		dma_barrier();                                                                     \
		registers->address.private_address = private_dma_address(&self->private_buffer);   \
		registers->length.private_length = bytes;                                          \
		family##_##channel##_private_write(                                                \
		    self, family##_##control##_read(&registers->control), true);                   \
		return ERROR_NONE;                                                                 \
	}                                                                                          \
	static inline struct buffer family##_##channel##_take(struct family##_##channel *self)     \
	{                                                                                          \
		require(family##_##channel##_is_done(self));                                       \
		dma_barrier();                                                                     \
		return buffer_take(&self->private_buffer);                                         \
	}                                                                                          \
	_Static_assert(1, "")

/* Neither the compiler nor the processor moves an access to memory or to a register across it.
 * (kernel/dma.c; a call, because drivers may not hold the instruction.) */
void dma_barrier(void);

static inline uint32_t private_dma_address(const struct buffer *buffer)
{
	return (uint32_t)(uintptr_t)buffer->private_bytes;
}

static inline enum error_code private_dma_check(const struct buffer *buffer, uint32_t bytes,
						uint32_t most, uint32_t multiple_of)
{
	if (bytes == 0 || bytes > buffer_size(buffer) || bytes > most) {
		return ERROR_SIZE;
	}
	return private_dma_address(buffer) % multiple_of == 0 ? ERROR_NONE : ERROR_INVAL;
}
