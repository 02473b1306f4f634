/* OpenSSL does the work. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/digest.h>

#include <openssl/evp.h>

void digest_sha_256(const uint8_t *bytes, size_t length, uint8_t digest[TBF_SHA_256_SIZE])
{
	if (EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL) != 1) {
		refuse("OpenSSL cannot compute a SHA-256 digest");
	}
}
