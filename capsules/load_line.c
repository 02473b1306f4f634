/* Words for what became of an entry of the application flash. */

#include <capsules/load_line.h>
#include <kernel/credential_checker.h>

/* Of the two details of a load_result a and b are the numbers, c and d the first and e and f the second as a version
 * major.minor; the name is that of a credential's format. */
static const struct read_span words_by_outcome[] = {
    [LOAD_DISABLED] = SPAN_OF_TEXT("it is disabled"),
    [LOAD_BAD_LENGTHS] = SPAN_OF_TEXT("a header of {} bytes does not go with a total size of {}"),
    [LOAD_BAD_CHECKSUM] = SPAN_OF_TEXT("its header has a wrong checksum"),
    [LOAD_BAD_TLV] = SPAN_OF_TEXT("an element of its header is malformed"),
    [LOAD_NO_PROGRAM] = SPAN_OF_TEXT("its header names no program"),
    [LOAD_BAD_ENTRY] = SPAN_OF_TEXT("its entry point is outside its program"),
    [LOAD_BAD_REGION] = SPAN_OF_TEXT("a writeable flash region is outside its program"),
    [LOAD_NO_KERNEL_VERSION] = SPAN_OF_TEXT("it does not say which kernel it needs"),
    [LOAD_WRONG_KERNEL_VERSION] = SPAN_OF_TEXT("it needs kernel version {c}.{}, this is {}.{}"),
    [LOAD_WRONG_FLASH_ADDRESS] = SPAN_OF_TEXT("it is linked for flash at 0x{w} but lies at 0x{w}"),
    [LOAD_WRONG_RAM_ADDRESS] =
	SPAN_OF_TEXT("it is linked for RAM at 0x{w}, free and usable is RAM from 0x{w}"),
    [LOAD_NO_CREDENTIAL] = SPAN_OF_TEXT("it has no credential that counts here"),
    [LOAD_WRONG_CREDENTIAL] = SPAN_OF_TEXT("its credential {n24} does not match"),
    [LOAD_SHORT_ID_TAKEN] = SPAN_OF_TEXT("its short id 0x{w} goes to the application at 0x{w}"),
    [LOAD_FLASH_UNPROTECTABLE] =
	SPAN_OF_TEXT("flash of its size cannot be protected at its address"),
    [LOAD_NO_RAM] = SPAN_OF_TEXT("it wants {} bytes of RAM, {} are left"),
    [LOAD_NO_SLOT] = SPAN_OF_TEXT("there are too many; the rest is not looked at"),
    [LOAD_BEYOND_FLASH] =
	SPAN_OF_TEXT("it takes {} bytes of flash, {} are left; the list ends here"),
    [LOAD_ENDLESS] = SPAN_OF_TEXT("its total size is 0; the list ends here"),
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

static void add_reason(struct text *line, const struct load_result *result, uint32_t outcome)
{
	uint32_t first = result->detail;
	uint32_t second = result->detail_found;
	struct text_numbers numbers = {
	    6, {first, second, first >> 16, first & 0xffff, second >> 16, second & 0xffff}};
	bool is_named = first < ARRAY_LENGTH(credential_names);
	struct read_span words = outcome == LOAD_WRONG_CREDENTIAL && !is_named
				     ? SPAN_OF_TEXT("its credential of format {} does not match")
				     : words_by_outcome[outcome];

	text_format(line, words, credential_names[is_named ? first : 0], &numbers);
}

void load_line_add(struct text *line, const struct load_result *result)
{
	uint32_t outcome = result->outcome;

	if (outcome == LOAD_STARTED || outcome == LOAD_PADDING) {
		return;
	}

	bool has_name = read_span_length(result->name) > 0;
	struct text_numbers place = {1, {result->flash_start}};

	text_format(line,
		    has_name ? SPAN_OF_TEXT("application {n24} at 0x{w} not started: ")
			     : SPAN_OF_TEXT("application at 0x{w} not started: "),
		    result->name, &place);
	if (outcome < ARRAY_LENGTH(words_by_outcome)) {
		add_reason(line, result, outcome);
	} else {
		text_add(line, SPAN_OF_TEXT("the reason has no words"));
	}
}
