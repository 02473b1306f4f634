/* An application needs a SHA-256 credential that matches. */

#include <boards/credentials.h>
#include <capsules/sha256_checker.h>
#include <kernel/board.h>

static struct sha256_checker sha256_checker;

void credentials_init(void)
{
	sha256_checker_init(&sha256_checker, true);
	kernel_set_credential_checker(&sha256_checker.checker);
}
