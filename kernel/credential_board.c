/* Walks an application's credentials for the board's checker. */

#include "credential.h"
#include <kernel/board.h>

static struct credential_checker *checker;

void kernel_set_credential_checker(struct credential_checker *wanted)
{
	checker = wanted;
}

/* All that a credential vouches for, a piece at a time. */
static void program_feed(const uint8_t *bytes, uint32_t end)
{
	uint32_t length;

	for (uint32_t at = 0; at < end; at += length) {
		length = end - at < CREDENTIAL_PIECE ? end - at : CREDENTIAL_PIECE;
		credential_checker_update(checker, (struct read_span){bytes + at, length});
	}
}

static enum credential_verdict credential_ask(const uint8_t *bytes, const struct tbf *tbf,
					      const struct tbf_credential *credential)
{
	enum credential_verdict verdict = credential_checker_begin(checker, credential->format);

	if (verdict != CREDENTIAL_READ) {
		return verdict;
	}
	program_feed(bytes, tbf->binary_end);
	return credential_checker_finish(
	    checker, (struct read_span){bytes + credential->data, credential->length});
}

enum load_outcome credential_check(const uint8_t *bytes, const struct tbf *tbf,
				   struct tbf_credential *credential)
{
	uint32_t offset = tbf->binary_end;

	while (tbf_credential(bytes, tbf, &offset, credential)) {
		switch (credential_ask(bytes, tbf, credential)) {
		case CREDENTIAL_ACCEPT:
			return LOAD_STARTED;
		case CREDENTIAL_PASS:
			break;
		default:
			return LOAD_WRONG_CREDENTIAL;
		}
	}
	return credential_checker_is_required(checker) ? LOAD_NO_CREDENTIAL : LOAD_STARTED;
}
