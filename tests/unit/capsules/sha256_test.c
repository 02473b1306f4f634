/* The hash against NIST's examples. With an argument it prints messages and their digests instead, for
 * sha256_test.py to compare with another implementation. */

#include "fake_kernel.h"
#include <capsules/sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MESSAGE_MAX = 3000
};

static struct sha256 hash;
static uint8_t message[MESSAGE_MAX];

static void update(const void *bytes, uint32_t length)
{
	/* A copy of just its length, so that a byte too far is seen. */
	uint8_t *copy = malloc(length + 1) /* never 0 bytes */;

	memcpy(copy, bytes, length);
	sha256_update(&hash, (struct read_span){copy, length});
	free(copy);
}

static const char *hex(void)
{
	static char text[2 * SHA256_BYTES + 1];
	struct sha256_digest digest = {{0}};

	sha256_finish(&hash, &digest);
	for (uint32_t i = 0; i < SHA256_BYTES; i++) {
		sprintf(text + 2 * i, "%02x", digest.bytes[i]);
	}
	return text;
}

static const char *hex_of(const char *text)
{
	sha256_begin(&hash);
	update(text, (uint32_t)strlen(text));
	return hex();
}

/* FIPS 180-2, appendix B, and NIST's "Examples with Intermediate Values". */
static void nist_examples(void **state)
{
	(void)state;
	assert_string_equal(hex_of(""),
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(hex_of("abc"),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_string_equal(hex_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
				   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
			    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void a_million_times_a(void **state)
{
	(void)state;
	memset(message, 'a', sizeof(message));
	sha256_begin(&hash);
	for (uint32_t left = 1000000; left > 0;) {
		uint32_t length = left < 500 ? left : 500;

		update(message, length);
		left -= length;
	}
	assert_string_equal(hex(),
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void fill(void)
{
	uint64_t source = 42;

	for (uint32_t i = 0; i < sizeof(message); i++) {
		message[i] = (uint8_t)fake_random(&source);
	}
}

/* However a message is cut, empty pieces and all, the digest is that of the whole. */
static void pieces_do_not_matter(void **state)
{
	uint64_t source = 9;

	(void)state;
	fill();
	for (uint32_t round = 0; round < 600; round++) {
		uint32_t length = fake_random(&source) % SHA256_PIECE;
		char whole[2 * SHA256_BYTES + 1];

		sha256_begin(&hash);
		update(message, length);
		strcpy(whole, hex());
		sha256_begin(&hash);
		for (uint32_t at = 0, step; at < length; at += step) {
			step = minimum(fake_random(&source) % 130, length - at);
			update(message + at, step);
		}
		assert_string_equal(hex(), whole);
	}
}

/* The digest of each message of a length up to 300 and of
 * some more. */
static void print_digests(void)
{
	fill();
	for (uint32_t length = 0; length <= MESSAGE_MAX; length += length < 300 ? 1 : 97) {
		sha256_begin(&hash);
		for (uint32_t at = 0; at < length; at += 512) {
			update(message + at, minimum(512, length - at));
		}
		for (uint32_t i = 0; i < length; i++) {
			printf("%02x", message[i]);
		}
		printf(" %s\n", hex());
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nist_examples),
	    cmocka_unit_test(a_million_times_a),
	    cmocka_unit_test(pieces_do_not_matter),
	};

	(void)argv;
	if (argc > 1) {
		print_digests();
		return 0;
	}
	return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
