/* The bytes go into the hash as the kernel gives them. */

#include <capsules/sha256_checker.h>

static enum credential_verdict sha256_checker_begin(struct sha256_checker *self, uint32_t format)
{
	if (format != CREDENTIAL_SHA_256) {
		return CREDENTIAL_PASS;
	}
	sha256_begin(&self->hash);
	return CREDENTIAL_READ;
}

static void sha256_checker_update(struct sha256_checker *self, struct read_span piece)
{
	sha256_update(&self->hash, piece);
}

static enum credential_verdict sha256_checker_finish(struct sha256_checker *self,
						     struct read_span data)
{
	struct sha256_digest digest = {{0}};

	if (read_span_length(data) != SHA256_BYTES) {
		return CREDENTIAL_REJECT;
	}
	sha256_finish(&self->hash, &digest);
	for (uint32_t i = 0; i < SHA256_BYTES; i++) {
		if (read_span_get(data, i) != digest.bytes[i]) {
			return CREDENTIAL_REJECT;
		}
	}
	return CREDENTIAL_ACCEPT;
}

static bool sha256_checker_is_required(struct sha256_checker *self)
{
	return self->is_required;
}

CREDENTIAL_CHECKER_IMPLEMENT(sha256_checker, struct sha256_checker, checker,
			     .begin = sha256_checker_begin, .update = sha256_checker_update,
			     .finish = sha256_checker_finish,
			     .is_required = sha256_checker_is_required);

void sha256_checker_init(struct sha256_checker *self, bool is_required)
{
	self->is_required = is_required;
	credential_checker_bind(&self->checker, &sha256_checker_credential_checker_operations);
}
