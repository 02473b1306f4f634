#pragma once

#include <tools/tbf/format.h>

/* The SHA-256 digest of these bytes. */
void digest_sha_256(const uint8_t *bytes, size_t length, uint8_t digest[TBF_SHA_256_SIZE]);
