/* Words for what became of an entry of the application flash. */

#include <capsules/load_line.h>
#include <kernel/credential_checker.h>

enum {
	NAME_LIMIT = 24, /* characters shown of a name */
};

/* What the two details of a load_result are, when they are for people. */
enum detail_kind {
	DETAIL_NONE,
	DETAIL_ADDRESSES,
	DETAIL_BYTES,
	DETAIL_VERSIONS,   /* major << 16 | minor */
	DETAIL_CREDENTIAL, /* format; there is no second one */
};

/* "BEFORE detail BETWEEN detail_found AFTER" */
struct outcome_words {
	enum detail_kind kind;
	struct read_span before;
	struct read_span between;
	struct read_span after;
};

static const struct outcome_words words_by_outcome[] = {
    [LOAD_DISABLED] = {.before = SPAN_OF_TEXT("it is disabled")},
    [LOAD_BAD_LENGTHS] = {.kind = DETAIL_BYTES,
			  .before = SPAN_OF_TEXT("a header of "),
			  .between = SPAN_OF_TEXT(" bytes does not go with a total size of ")},
    [LOAD_BAD_CHECKSUM] = {.before = SPAN_OF_TEXT("its header has a wrong checksum")},
    [LOAD_BAD_TLV] = {.before = SPAN_OF_TEXT("an element of its header is malformed")},
    [LOAD_NO_PROGRAM] = {.before = SPAN_OF_TEXT("its header names no program")},
    [LOAD_BAD_ENTRY] = {.before = SPAN_OF_TEXT("its entry point is outside its program")},
    [LOAD_BAD_REGION] = {.before = SPAN_OF_TEXT("a writeable flash region is outside its program")},
    [LOAD_NO_KERNEL_VERSION] = {.before = SPAN_OF_TEXT("it does not say which kernel it needs")},
    [LOAD_WRONG_KERNEL_VERSION] = {.kind = DETAIL_VERSIONS,
				   .before = SPAN_OF_TEXT("it needs kernel version "),
				   .between = SPAN_OF_TEXT(", this is ")},
    [LOAD_WRONG_FLASH_ADDRESS] = {.kind = DETAIL_ADDRESSES,
				  .before = SPAN_OF_TEXT("it is linked for flash at "),
				  .between = SPAN_OF_TEXT(" but lies at ")},
    [LOAD_WRONG_RAM_ADDRESS] = {.kind = DETAIL_ADDRESSES,
				.before = SPAN_OF_TEXT("it is linked for RAM at "),
				.between = SPAN_OF_TEXT(", free and usable is RAM from ")},
    [LOAD_NO_CREDENTIAL] = {.before = SPAN_OF_TEXT("it has no credential that counts here")},
    [LOAD_WRONG_CREDENTIAL] = {.kind = DETAIL_CREDENTIAL,
			       .before = SPAN_OF_TEXT("its credential "),
			       .between = SPAN_OF_TEXT(" does not match")},
    [LOAD_SHORT_ID_TAKEN] = {.kind = DETAIL_ADDRESSES,
			     .before = SPAN_OF_TEXT("its short id "),
			     .between = SPAN_OF_TEXT(" goes to the application at ")},
    [LOAD_FLASH_UNPROTECTABLE] = {.before = SPAN_OF_TEXT(
				      "flash of its size cannot be protected at its address")},
    [LOAD_NO_RAM] = {.kind = DETAIL_BYTES,
		     .before = SPAN_OF_TEXT("it wants "),
		     .between = SPAN_OF_TEXT(" bytes of RAM, "),
		     .after = SPAN_OF_TEXT(" are left")},
    [LOAD_NO_SLOT] = {.before = SPAN_OF_TEXT("there are too many; the rest is not looked at")},
    [LOAD_BEYOND_FLASH] = {.kind = DETAIL_BYTES,
			   .before = SPAN_OF_TEXT("it takes "),
			   .between = SPAN_OF_TEXT(" bytes of flash, "),
			   .after = SPAN_OF_TEXT(" are left; the list ends here")},
    [LOAD_ENDLESS] = {.before = SPAN_OF_TEXT("its total size is 0; the list ends here")},
};

/* By format. */
static const struct read_span credential_names[] = {
    [CREDENTIAL_RESERVED] = SPAN_OF_TEXT("Reserved"),
    [CREDENTIAL_RSA_3072] = SPAN_OF_TEXT("RSA-3072"),
    [CREDENTIAL_RSA_4096] = SPAN_OF_TEXT("RSA-4096"),
    [CREDENTIAL_SHA_256] = SPAN_OF_TEXT("SHA-256"),
    [CREDENTIAL_SHA_384] = SPAN_OF_TEXT("SHA-384"),
    [CREDENTIAL_SHA_512] = SPAN_OF_TEXT("SHA-512"),
    [CREDENTIAL_P_256] = SPAN_OF_TEXT("ECDSA P-256"),
};

static void add_credential(struct text *line, uint32_t format)
{
	if (format < ARRAY_LENGTH(credential_names)) {
		text_add(line, credential_names[format]);
		return;
	}
	text_add(line, SPAN_OF_TEXT("of format "));
	text_add_decimal(line, format);
}

static void add_detail(struct text *line, enum detail_kind kind, uint32_t detail)
{
	switch (kind) {
	case DETAIL_NONE:
		break;
	case DETAIL_ADDRESSES:
		text_add(line, SPAN_OF_TEXT("0x"));
		text_add_hex_padded(line, detail);
		break;
	case DETAIL_BYTES:
		text_add_decimal(line, detail);
		break;
	case DETAIL_VERSIONS:
		text_add_decimal(line, detail >> 16);
		text_add_char(line, '.');
		text_add_decimal(line, detail & 0xffff);
		break;
	case DETAIL_CREDENTIAL:
		add_credential(line, detail);
		break;
	}
}

static void add_which(struct text *line, const struct load_result *result)
{
	text_add(line, SPAN_OF_TEXT("application "));
	text_add_foreign(line, result->name, NAME_LIMIT);
	if (read_span_length(result->name) > 0) {
		text_add_char(line, ' ');
	}
	text_add(line, SPAN_OF_TEXT("at 0x"));
	text_add_hex_padded(line, result->flash_start);
	text_add(line, SPAN_OF_TEXT(" not started: "));
}

void load_line_add(struct text *line, const struct load_result *result)
{
	uint32_t outcome = result->outcome;

	if (outcome == LOAD_STARTED || outcome == LOAD_PADDING) {
		return;
	}
	add_which(line, result);
	if (outcome >= ARRAY_LENGTH(words_by_outcome)) {
		text_add(line, SPAN_OF_TEXT("the reason has no words"));
		return;
	}

	const struct outcome_words *words = ELEMENT(words_by_outcome, outcome);

	text_add(line, words->before);
	add_detail(line, words->kind, result->detail);
	text_add(line, words->between);
	if (words->kind != DETAIL_CREDENTIAL) {
		add_detail(line, words->kind, result->detail_found);
	}
	text_add(line, words->after);
}
