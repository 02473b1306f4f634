#pragma once

#include "tbf.h"

/* A module that a board links: credential_board.c asks the checker that the board wires,
 * credential_none.c nobody.
 *
 * Whether an application is to be loaded, by its credentials. `bytes` holds the whole of it. Answers
 * LOAD_STARTED, LOAD_NO_CREDENTIAL, or LOAD_WRONG_CREDENTIAL with the credential in
 * `*credential`. */
enum load_outcome credential_check(const uint8_t *bytes, const struct tbf *tbf,
				   struct tbf_credential *credential);
