#pragma once

#include <kernel/binding.h>
#include <kernel/span.h>

/* Decides by its credentials whether an application is loaded (boards/credentials.mk).
 *
 * Credentials are footers behind the application's program: a format, and data in that format (Tock
 * Binary Format, "Credentials Footers"). What they vouch for is everything from the header's first
 * byte to the program's end.
 *
 *   C1  The kernel asks about the credentials of an application in the order in which they lie in
 *       flash, until one is accepted or rejected, while it starts and before any process runs.
 *   C2  begin() answers by the format alone. After CREDENTIAL_READ, and only then, all bytes that
 *       the credential vouches for come by update(), in order, at most CREDENTIAL_PIECE at a time;
 *       then finish() answers with the credential's data, and not with CREDENTIAL_READ.
 *   C3  When there are no more credentials, is_required() decides: true, and the application is not
 *       loaded. Credentials behind a footer that is malformed or no credential do not count.
 *   C4  The kernel may ask about an application more than once: also when another one claims its
 *       short id.
 *   C5  The data lies in flash and may have any length.
 */
struct credential_checker;

enum {
	CREDENTIAL_PIECE = 512 /* bytes */
};

/* Formats, as the Tock Binary Format numbers them, with the length of their data. */
enum credential_format {
	CREDENTIAL_RESERVED = 0, /* any; room for a credential to come */
	CREDENTIAL_RSA_3072 = 1, /* 768 */
	CREDENTIAL_RSA_4096 = 2, /* 1024 */
	CREDENTIAL_SHA_256 = 3,  /* 32 */
	CREDENTIAL_SHA_384 = 4,  /* 48 */
	CREDENTIAL_SHA_512 = 5,  /* 64 */
	CREDENTIAL_P_256 = 6,    /* 64: an ECDSA signature, r and s, of the SHA-256 */
};

enum credential_verdict {
	CREDENTIAL_PASS,   /* says nothing either way: on to the next one */
	CREDENTIAL_ACCEPT, /* good: the application is loaded */
	CREDENTIAL_REJECT, /* wrong: it is not, whatever the others say */
	CREDENTIAL_READ,   /* to begin() only: depends on the bytes */
};

struct credential_checker_operations {
	enum credential_verdict (*begin)(struct credential_checker *self, uint32_t format);
	void (*update)(struct credential_checker *self, struct read_span piece);
	enum credential_verdict (*finish)(struct credential_checker *self, struct read_span data);
	bool (*is_required)(struct credential_checker *self);
};

struct credential_checker {
	const struct credential_checker_operations *private_operations;
} PINNED;

static inline void credential_checker_bind(struct credential_checker *self,
					   const struct credential_checker_operations *operations)
{
	self->private_operations = operations;
}

BINDING_INLINE enum credential_verdict credential_checker_begin(struct credential_checker *self,
								uint32_t format)
{
	return self->private_operations->begin(self, format);
}

BINDING_INLINE void credential_checker_update(struct credential_checker *self,
					      struct read_span piece)
{
	self->private_operations->update(self, piece);
}

BINDING_INLINE enum credential_verdict credential_checker_finish(struct credential_checker *self,
								 struct read_span data)
{
	return self->private_operations->finish(self, data);
}

BINDING_INLINE bool credential_checker_is_required(struct credential_checker *self)
{
	return self->private_operations->is_required(self);
}

#define CREDENTIAL_CHECKER_IMPLEMENT(name, type, member, ...)                                      \
	BINDING_CHECK(type, member, struct credential_checker);                                    \
	struct name##_credential_checker_functions {                                               \
		enum credential_verdict (*begin)(type *, uint32_t);                                \
		void (*update)(type *, struct read_span);                                          \
		enum credential_verdict (*finish)(type *, struct read_span);                       \
		bool (*is_required)(type *);                                                       \
	};                                                                                         \
	static const struct name##_credential_checker_functions                                    \
	    name##_credential_checker_functions = {__VA_ARGS__};                                   \
	static enum credential_verdict name##_credential_checker_begin(                            \
	    struct credential_checker *self, uint32_t format)                                      \
	{                                                                                          \
		return name##_credential_checker_functions.begin(                                  \
		    BINDING_OWNER(self, type, member), format);                                    \
	}                                                                                          \
	static void name##_credential_checker_update(struct credential_checker *self,              \
						     struct read_span piece)                       \
	{                                                                                          \
		name##_credential_checker_functions.update(BINDING_OWNER(self, type, member),      \
							   piece);                                 \
	}                                                                                          \
	static enum credential_verdict name##_credential_checker_finish(                           \
	    struct credential_checker *self, struct read_span data)                                \
	{                                                                                          \
		return name##_credential_checker_functions.finish(                                 \
		    BINDING_OWNER(self, type, member), data);                                      \
	}                                                                                          \
	static bool name##_credential_checker_is_required(struct credential_checker *self)         \
	{                                                                                          \
		return name##_credential_checker_functions.is_required(                            \
		    BINDING_OWNER(self, type, member));                                            \
	}                                                                                          \
	BINDING_TABLE(type, member)                                                                \
	static const struct credential_checker_operations name##_credential_checker_operations = { \
	    .begin = name##_credential_checker_begin,                                              \
	    .update = name##_credential_checker_update,                                            \
	    .finish = name##_credential_checker_finish,                                            \
	    .is_required = name##_credential_checker_is_required,                                  \
	}
