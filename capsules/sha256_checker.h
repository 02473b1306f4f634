#pragma once

#include <capsules/sha256.h>
#include <kernel/credential_checker.h>

/* Compares the SHA-256 credential of an application with its bytes (kernel/credential_checker.h).
 *
 *   S1  The first SHA-256 credential decides: the application is loaded if the digest is right, and
 *       not if it is wrong, or is not 32 bytes long. Others are passed over.
 *   S2  An application without one is loaded unless the board requires one.
 *
 * This finds flash that was damaged or half written. It tells nothing of who made an application:
 * everybody can compute a digest. RAM: 108 bytes. Wiring: the board's `credential_checker`, with the
 * kernel's module credential_board. */
struct sha256_checker {
	struct credential_checker checker;
	struct sha256 hash;
	bool is_required;
};

void sha256_checker_init(struct sha256_checker *self, bool is_required);
