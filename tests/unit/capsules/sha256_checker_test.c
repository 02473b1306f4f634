/* What the checker says of formats, of digests, and when it requires one. */

#include "fake_kernel.h"
#include <capsules/sha256_checker.h>
#include <string.h>

static struct sha256_checker object;
static struct credential_checker *const checker = &object.checker;

/* SHA-256 of "abc" (FIPS 180-2, appendix B.1). */
static uint8_t digest[33] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
			     0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
			     0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

static enum credential_verdict judge(uint32_t length)
{
	assert_int_equal(credential_checker_begin(checker, CREDENTIAL_SHA_256), CREDENTIAL_READ);
	credential_checker_update(checker, SPAN_OF_TEXT("a"));
	credential_checker_update(checker, SPAN_OF_TEXT("bc"));
	return credential_checker_finish(checker, (struct read_span){digest, length});
}

static void a_right_digest_is_accepted_each_time(void **state)
{
	(void)state;
	sha256_checker_init(&object, true);
	assert_int_equal(judge(32), CREDENTIAL_ACCEPT);
	assert_int_equal(judge(32), CREDENTIAL_ACCEPT);
}

static void each_bit_of_it_counts(void **state)
{
	(void)state;
	sha256_checker_init(&object, true);
	for (uint32_t bit = 0; bit < 256; bit++) {
		digest[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(judge(32), CREDENTIAL_REJECT);
		digest[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void another_length_is_rejected(void **state)
{
	(void)state;
	sha256_checker_init(&object, true);
	assert_int_equal(judge(0), CREDENTIAL_REJECT);
	assert_int_equal(judge(31), CREDENTIAL_REJECT);
	assert_int_equal(judge(33), CREDENTIAL_REJECT);
}

static void other_formats_are_passed_over(void **state)
{
	(void)state;
	sha256_checker_init(&object, true);
	for (uint32_t format = 0; format < 300; format++) {
		assert_int_equal(credential_checker_begin(checker, format),
				 format == 3 ? CREDENTIAL_READ : CREDENTIAL_PASS);
	}
	assert_int_equal(credential_checker_begin(checker, UINT32_MAX), CREDENTIAL_PASS);
}

static void the_board_says_whether_one_is_required(void **state)
{
	(void)state;
	sha256_checker_init(&object, true);
	assert_true(credential_checker_is_required(checker));
	sha256_checker_init(&object, false);
	assert_false(credential_checker_is_required(checker));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_right_digest_is_accepted_each_time),
	    cmocka_unit_test(each_bit_of_it_counts),
	    cmocka_unit_test(another_length_is_rejected),
	    cmocka_unit_test(other_formats_are_passed_over),
	    cmocka_unit_test(the_board_says_whether_one_is_required),
	};

	return cmocka_run_group_tests_name("sha256_checker", tests, NULL, NULL);
}
