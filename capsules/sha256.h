#pragma once

#include <kernel/capsule.h>

/* SHA-256 of bytes that come in pieces (FIPS 180-4, sections 4.1.2, 5.1.1, 5.3.3 and 6.2).
 *
 *   H1  sha256_begin(), any number of sha256_update(), sha256_finish(). What was hashed before
 *       begin() leaves no trace in the result.
 *   H2  A piece has at most SHA256_PIECE bytes (a longer one traps); all pieces together less than
 *       512 MiB.
 *
 * RAM: 100 bytes. Takes some 95 instructions a byte on a Cortex-M3, 123 on RV32. */
enum {
	SHA256_PIECE = 512,
	SHA256_BYTES = 32, /* of a digest */
};

struct sha256 {
	uint32_t state[8];
	uint32_t words[16]; /* the block that is being filled, then its message schedule */
	uint32_t length;    /* bytes so far */
};

struct sha256_digest {
	uint8_t bytes[SHA256_BYTES];
};

void sha256_begin(struct sha256 *self);
void sha256_update(struct sha256 *self, struct read_span piece);
void sha256_finish(struct sha256 *self, struct sha256_digest *digest);
