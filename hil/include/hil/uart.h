#pragma once

#include <kernel/binding.h>
#include <kernel/buffer.h>
#include <kernel/error.h>
#include <stdbool.h>
#include <stdint.h>

/* A serial port: bytes out, bytes in, each way one buffer at a time (split phase).
 *
 *   U1  transmit() and receive() take the buffer when they return ERROR_NONE, and leave it with the
 *       caller otherwise (ERROR_BUSY: a transfer of that direction is under way; ERROR_SIZE:
 *       `length` is 0 or more than the buffer holds).
 *   U2  transmitted() and received() give the buffer back, with the number of bytes done and how it
 *       went. They are never called from inside transmit(), receive() or receive_abort().
 *   U3  From inside transmitted() the next transmit() may be started, likewise for received().
 *   U4  `more` announces that these bytes are not the end of a message. While a client transmits
 *       with `more` and goes on from inside transmitted(), a multiplexer lets nobody else in
 *       between.
 *   U5  receive() completes when `length` bytes have come, or with ERROR_CANCEL and the bytes so far
 *       after receive_abort(), which does nothing when nothing is under way. Bytes that come while
 *       nobody receives may be lost.
 */
struct uart;
struct uart_client;

struct uart_operations {
	enum error_code (*transmit)(struct uart *self, struct buffer *buffer, uint32_t length,
				    bool more);
	enum error_code (*receive)(struct uart *self, struct buffer *buffer, uint32_t length);
	void (*receive_abort)(struct uart *self);
};

struct uart_client_operations {
	void (*transmitted)(struct uart_client *self, struct buffer buffer, uint32_t length,
			    enum error_code status);
	void (*received)(struct uart_client *self, struct buffer buffer, uint32_t length,
			 enum error_code status);
};

struct uart_client {
	const struct uart_client_operations *private_operations;
} PINNED;

struct uart {
	const struct uart_operations *private_operations;
	struct uart_client *private_client NULLABLE;
} PINNED;

static inline void uart_bind(struct uart *self, const struct uart_operations *operations)
{
	self->private_operations = operations;
	self->private_client = NULL;
}

static inline void uart_client_bind(struct uart_client *self,
				    const struct uart_client_operations *operations)
{
	self->private_operations = operations;
}

static inline void uart_set_client(struct uart *self, struct uart_client *client)
{
	self->private_client = client;
}

BINDING_INLINE enum error_code uart_transmit(struct uart *self, struct buffer *buffer,
					     uint32_t length, bool more)
{
	return self->private_operations->transmit(self, buffer, length, more);
}

BINDING_INLINE enum error_code uart_receive(struct uart *self, struct buffer *buffer,
					    uint32_t length)
{
	return self->private_operations->receive(self, buffer, length);
}

BINDING_INLINE void uart_receive_abort(struct uart *self)
{
	self->private_operations->receive_abort(self);
}

/* For implementers. Without a client the buffer is lost: give every port one. */
IMPLEMENTER BINDING_INLINE void uart_transmitted(struct uart *self, struct buffer buffer,
						 uint32_t length, enum error_code status)
{
	if (self->private_client != NULL) {
		self->private_client->private_operations->transmitted(self->private_client, buffer,
								      length, status);
	}
}

IMPLEMENTER BINDING_INLINE void uart_received(struct uart *self, struct buffer buffer,
					      uint32_t length, enum error_code status)
{
	if (self->private_client != NULL) {
		self->private_client->private_operations->received(self->private_client, buffer,
								   length, status);
	}
}

#define UART_IMPLEMENT(name, type, member, ...)                                                    \
	BINDING_CHECK(type, member, struct uart);                                                  \
	struct name##_uart_functions {                                                             \
		enum error_code (*transmit)(type *, struct buffer *, uint32_t, bool);              \
		enum error_code (*receive)(type *, struct buffer *, uint32_t);                     \
		void (*receive_abort)(type *);                                                     \
	};                                                                                         \
	static const struct name##_uart_functions name##_uart_functions = {__VA_ARGS__};           \
	static enum error_code name##_uart_transmit(struct uart *self, struct buffer *buffer,      \
						    uint32_t length, bool more)                    \
	{                                                                                          \
		return name##_uart_functions.transmit(BINDING_OWNER(self, type, member), buffer,   \
						      length, more);                               \
	}                                                                                          \
	static enum error_code name##_uart_receive(struct uart *self, struct buffer *buffer,       \
						   uint32_t length)                                \
	{                                                                                          \
		return name##_uart_functions.receive(BINDING_OWNER(self, type, member), buffer,    \
						     length);                                      \
	}                                                                                          \
	static void name##_uart_receive_abort(struct uart *self)                                   \
	{                                                                                          \
		name##_uart_functions.receive_abort(BINDING_OWNER(self, type, member));            \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct uart_operations name##_uart_operations = {                             \
	    .transmit = name##_uart_transmit,                                                      \
	    .receive = name##_uart_receive,                                                        \
	    .receive_abort = name##_uart_receive_abort,                                            \
	}

#define UART_CLIENT_IMPLEMENT(name, type, member, ...)                                             \
	BINDING_CHECK(type, member, struct uart_client);                                           \
	struct name##_uart_client_functions {                                                      \
		void (*transmitted)(type *, struct buffer, uint32_t, enum error_code);             \
		void (*received)(type *, struct buffer, uint32_t, enum error_code);                \
	};                                                                                         \
	static const struct name##_uart_client_functions name##_uart_client_functions = {          \
	    __VA_ARGS__};                                                                          \
	static void name##_uart_client_transmitted(struct uart_client *self, struct buffer buffer, \
						   uint32_t length, enum error_code status)        \
	{                                                                                          \
		name##_uart_client_functions.transmitted(BINDING_OWNER(self, type, member),        \
							 buffer, length, status);                  \
	}                                                                                          \
	static void name##_uart_client_received(struct uart_client *self, struct buffer buffer,    \
						uint32_t length, enum error_code status)           \
	{                                                                                          \
		name##_uart_client_functions.received(BINDING_OWNER(self, type, member), buffer,   \
						      length, status);                             \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct uart_client_operations name##_uart_client_operations = {               \
	    .transmitted = name##_uart_client_transmitted,                                         \
	    .received = name##_uart_client_received,                                               \
	}
