/* libFuzzer: any bytes as an archive (TAB). One that is accepted has plain names and, written anew, is read
 * back the same. */

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tools/tab/archive.h>

enum {
	BLOCK = 512,
	SUM_AT = 148,
	SUM_LENGTH = 8,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* What counts as a checksum: six octal digits, a zero, a blank. */
static void seal(uint8_t *header)
{
	uint32_t sum = 0;

	memset(&header[SUM_AT], ' ', SUM_LENGTH);
	for (size_t i = 0; i < BLOCK; i++) {
		sum += header[i];
	}
	header[SUM_AT + 6] = '\0';
	for (size_t i = 0; i < 6; i++) {
		header[SUM_AT + 5 - i] = (uint8_t)('0' + (sum >> 3 * i) % 8);
	}
}

/* Mostly all headers get right checksums, without which few inputs come far. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	size = LLVMFuzzerMutate(data, size, max_size);
	for (size_t at = 0; seed % 8 != 0 && at + BLOCK <= size; at += BLOCK) {
		if (memcmp(&data[at + 257], "ustar", 5) == 0) {
			seal(&data[at]);
		}
	}
	return size;
}

static void check_names(const struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->count; i++) {
		const char *name = bundle->members[i].name;
		assert(name[0] != '.' && strchr(name, '/') == NULL && strlen(name) > 4);
		for (size_t j = 0; j < i; j++) {
			assert(strcmp(name, bundle->members[j].name) != 0);
		}
	}
}

static void check_same(const struct bundle *a, const struct bundle *b)
{
	assert(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert(strcmp(a->members[i].name, b->members[i].name) == 0);
		assert(a->members[i].length == b->members[i].length);
		assert(memcmp(a->members[i].bytes, b->members[i].bytes, a->members[i].length) == 0);
	}
	assert(strcmp(a->metadata.only_for_boards, b->metadata.only_for_boards) == 0);
}

static bool is_printable(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < 0x20) {
			return false;
		}
	}
	return true;
}

/* metadata.h promises it for texts without control characters. */
static bool can_be_written(const struct metadata *metadata)
{
	return is_printable(metadata->name) && is_printable(metadata->only_for_boards) &&
	       is_printable(metadata->kernel_version) && metadata->build_date[0] == '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bundle bundle;
	static struct bundle again;
	size_t length;
	const char *wrong = archive_open(&bundle, data, size);

	if (wrong != NULL) {
		assert(strlen(wrong) > 10);
		archive_close(&bundle);
		return 0;
	}
	assert(bundle.count > 0);
	check_names(&bundle);
	if (can_be_written(&bundle.metadata)) {
		uint8_t *bytes = archive_write(&bundle, &length);
		assert(bytes != NULL && archive_is(bytes, length));
		assert(archive_open(&again, bytes, length) == NULL);
		check_same(&bundle, &again);
		archive_close(&again);
		free(bytes);
	}
	archive_close(&bundle);
	return 0;
}
