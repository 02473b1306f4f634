/* Bytes go into the block's sixteen words as they come; a full block is worked into the state. The
 * message schedule needs only its last sixteen words, which take the place of the block's.
 *
 * Invariant: between calls the block holds the last length % 64 bytes. Names of functions and
 * variables are those of FIPS 180-4. */

#include <capsules/sha256.h>

enum {
	BLOCK_BYTES = 64,
	LENGTH_AT = 56, /* in the last block: the message's length in bits, 8 bytes */
	ROUNDS = 64,
};

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The same of the square roots of the first 8. */
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
				  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* By 1 to 31 bits. */
static uint32_t rotate_right(uint32_t x, uint32_t bits)
{
	return x >> bits | x << (32 - bits);
}

static uint32_t choose(uint32_t x, uint32_t y, uint32_t z)
{
	return (x & y) ^ (~x & z);
}

static uint32_t majority(uint32_t x, uint32_t y, uint32_t z)
{
	return (x & y) ^ (x & z) ^ (y & z);
}

static uint32_t sum0(uint32_t x)
{
	return rotate_right(x, 2) ^ rotate_right(x, 13) ^ rotate_right(x, 22);
}

static uint32_t sum1(uint32_t x)
{
	return rotate_right(x, 6) ^ rotate_right(x, 11) ^ rotate_right(x, 25);
}

static uint32_t sigma0(uint32_t x)
{
	return rotate_right(x, 7) ^ rotate_right(x, 18) ^ x >> 3;
}

static uint32_t sigma1(uint32_t x)
{
	return rotate_right(x, 17) ^ rotate_right(x, 19) ^ x >> 10;
}

/* Word `t` of the schedule; all words before it were asked for in order. */
static uint32_t schedule_word(struct sha256 *self, uint32_t t)
{
	if (t >= 16) {
		self->words[t % 16] += sigma0(self->words[(t + 1) % 16]) +
				       self->words[(t + 9) % 16] +
				       sigma1(self->words[(t + 14) % 16]);
	}
	return self->words[t % 16];
}

static void block_finish(struct sha256 *self)
{
	uint32_t a = self->state[0], b = self->state[1], c = self->state[2], d = self->state[3];
	uint32_t e = self->state[4], f = self->state[5], g = self->state[6], h = self->state[7];

	for (uint32_t t = 0; t < ROUNDS; t++) {
		uint32_t t1 = h + sum1(e) + choose(e, f, g) + constants[t] + schedule_word(self, t);
		uint32_t t2 = sum0(a) + majority(a, b, c);

		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + t2;
	}
	self->state[0] += a;
	self->state[1] += b;
	self->state[2] += c;
	self->state[3] += d;
	self->state[4] += e;
	self->state[5] += f;
	self->state[6] += g;
	self->state[7] += h;
}

static void byte_add(struct sha256 *self, uint8_t byte)
{
	uint32_t place = self->length % BLOCK_BYTES;

	self->words[place / 4] = self->words[place / 4] << 8 | byte;
	self->length++;
	if (place == BLOCK_BYTES - 1) {
		block_finish(self);
	}
}

void sha256_begin(struct sha256 *self)
{
	self->length = 0;
	for (uint32_t i = 0; i < ARRAY_LENGTH(start); i++) {
		self->state[i] = start[i];
	}
}

void sha256_update(struct sha256 *self, struct read_span piece)
{
	uint32_t length = minimum(read_span_length(piece), SHA256_PIECE);

	require(length == read_span_length(piece));
	for (uint32_t i = 0; i < length; i++) {
		byte_add(self, read_span_get(piece, i));
	}
}

/* A one bit, zeros up to the place of the length, the length. */
static void padding_add(struct sha256 *self)
{
	const uint32_t bits = self->length << 3;

	byte_add(self, 0x80);
	for (uint32_t i = 0; i < BLOCK_BYTES && self->length % BLOCK_BYTES != LENGTH_AT; i++) {
		byte_add(self, 0);
	}
	for (uint32_t i = 0; i < 4; i++) {
		byte_add(self, 0);
	}
	for (uint32_t i = 0; i < 4; i++) {
		byte_add(self, (uint8_t)(bits >> (24 - 8 * i)));
	}
}

void sha256_finish(struct sha256 *self, struct sha256_digest *digest)
{
	padding_add(self);
	for (uint32_t i = 0; i < SHA256_BYTES; i++) {
		digest->bytes[i] = (uint8_t)(self->state[i / 4] >> (24 - 8 * (i % 4)));
	}
}
