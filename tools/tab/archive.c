/* libarchive reads and writes tar; what it hands back is checked here as any input is. It ends silently
 * where a file is cut off between two members, so that the block of zeros is looked for (B1). */

#include <tools/tab/archive.h>

#include <archive.h>
#include <archive_entry.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METADATA_NAME     "metadata.toml"
#define APPLICATION_END   ".tbf"
#define MAGIC             "ustar"
#define MAGIC_OFFSET      257
#define BLOCK_SIZE        512u
#define ARCHIVE_SIZE_MORE (4 * BLOCK_SIZE) /* per member, and for the end: more than headers take */

__attribute__((format(printf, 2, 3))) static const char *fail(struct bundle *bundle,
							      const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(bundle->wrong, sizeof(bundle->wrong), format, arguments);
	va_end(arguments);
	return bundle->wrong;
}

bool archive_is(const uint8_t *bytes, size_t length)
{
	return length >= MAGIC_OFFSET + strlen(MAGIC) &&
	       memcmp(&bytes[MAGIC_OFFSET], MAGIC, strlen(MAGIC)) == 0;
}

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name);

	return length >= strlen(end) && strcmp(&name[length - strlen(end)], end) == 0;
}

/* B2. What is allowed can be neither a path nor something that a terminal obeys. */
static bool name_is_plain(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < length; i++) {
		if (name[i] <= ' ' || name[i] > '~' || name[i] == '/' || name[i] == '\\') {
			return false;
		}
	}
	return length > 0 && length <= ARCHIVE_NAME_MAX && name[0] != '.';
}

/* Checks what the member's header says; nothing of its contents was read yet. */
static const char *check_entry(struct bundle *bundle, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (name == NULL || !name_is_plain(name)) {
		return fail(bundle,
			    "member \"%.60s\" has a folder or odd letters in its name; make the "
			    "archive anew, with plain names",
			    name != NULL ? name : "");
	}
	if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL) {
		return fail(bundle, "member %s is no ordinary file; make the archive anew", name);
	}
	if (!archive_entry_size_is_set(entry) || archive_entry_size(entry) < 0 ||
	    archive_entry_size(entry) > ARCHIVE_MEMBER_SIZE_MAX) {
		return fail(bundle, "member %s has %lld bytes, the limit is %u", name,
			    (long long)archive_entry_size(entry), ARCHIVE_MEMBER_SIZE_MAX);
	}
	return NULL;
}

static const char *check_name_is_new(struct bundle *bundle, const char *name)
{
	for (size_t i = 0; i < bundle->count; i++) {
		if (strcmp(bundle->members[i].name, name) == 0) {
			return fail(bundle, "member %s comes twice; make the archive anew", name);
		}
	}
	if (bundle->count == ARCHIVE_MEMBERS_MAX) {
		return fail(bundle, "has more than %u applications", ARCHIVE_MEMBERS_MAX);
	}
	return NULL;
}

/* The member's contents, in memory of their own. `length` more than there is in the whole archive is a
 * lie, or a file with holes, which nothing here has. */
static const char *read_contents(struct bundle *bundle, struct archive *archive,
				 struct archive_entry *entry, size_t archive_length,
				 uint8_t **bytes, size_t *length)
{
	const char *name = archive_entry_pathname(entry);

	*length = (size_t)archive_entry_size(entry);
	if (*length > archive_length) {
		return fail(bundle, "is cut off in member %s; fetch or make it anew", name);
	}
	*bytes = malloc(*length > 0 ? *length : 1);
	if (*bytes == NULL) {
		return fail(bundle, "needs more memory than there is");
	}
	la_ssize_t got = archive_read_data(archive, *bytes, *length);
	if (got < 0 || (size_t)got != *length) {
		free(*bytes);
		return fail(bundle, "is cut off in member %s; fetch or make it anew", name);
	}
	return NULL;
}

static const char *take_metadata(struct bundle *bundle, const uint8_t *bytes, size_t length,
				 bool *has_metadata)
{
	if (*has_metadata) {
		return fail(bundle, "member " METADATA_NAME " comes twice; make the archive anew");
	}
	*has_metadata = true;
	if (length > METADATA_SIZE_MAX) {
		return fail(bundle, "member " METADATA_NAME " has %zu bytes, the limit is %u",
			    length, METADATA_SIZE_MAX);
	}
	const char *wrong = metadata_read(&bundle->metadata, (const char *)bytes, length);
	return wrong != NULL ? fail(bundle, "member " METADATA_NAME " %s", wrong) : NULL;
}

static const char *take_application(struct bundle *bundle, const char *name, uint8_t *bytes,
				    size_t length)
{
	struct archive_member *member = &bundle->members[bundle->count++];

	snprintf(member->name, sizeof(member->name), "%s", name);
	member->bytes = bytes;
	member->length = length;
	return NULL;
}

static const char *take_member(struct bundle *bundle, struct archive *archive,
			       struct archive_entry *entry, size_t archive_length,
			       bool *has_metadata)
{
	const char *name = archive_entry_pathname(entry);
	bool is_metadata = strcmp(name, METADATA_NAME) == 0;
	uint8_t *bytes = NULL;
	size_t length = 0;

	if (!is_metadata && !ends_with(name, APPLICATION_END)) {
		return NULL;
	}
	const char *wrong = is_metadata ? NULL : check_name_is_new(bundle, name);
	if (wrong == NULL) {
		wrong = read_contents(bundle, archive, entry, archive_length, &bytes, &length);
	}
	if (wrong != NULL) {
		return wrong;
	}
	if (!is_metadata) {
		return take_application(bundle, name, bytes, length);
	}
	wrong = take_metadata(bundle, bytes, length, has_metadata);
	free(bytes);
	return wrong;
}

static const char *read_members(struct bundle *bundle, struct archive *archive,
				size_t archive_length, bool *has_metadata)
{
	struct archive_entry *entry;
	la_int64_t end = 0; /* of the member before */
	int result;

	while ((result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
		const char *wrong = check_entry(bundle, entry);
		if (wrong == NULL) {
			wrong = take_member(bundle, archive, entry, archive_length, has_metadata);
		}
		if (wrong != NULL) {
			return wrong;
		}
		if (archive_read_data_skip(archive) != ARCHIVE_OK) {
			return fail(bundle, "is cut off in member %s; fetch or make it anew",
				    archive_entry_pathname(entry));
		}
		end = archive_filter_bytes(archive, 0);
	}
	if (result != ARCHIVE_EOF) {
		return fail(bundle, "is no tar archive or a damaged one; fetch or make it anew");
	}
	if (archive_filter_bytes(archive, 0) < end + (la_int64_t)BLOCK_SIZE) {
		return fail(bundle, "is cut off, its end is missing; fetch or make it anew");
	}
	return NULL;
}

static const char *read_archive(struct bundle *bundle, struct archive *archive,
				const uint8_t *bytes, size_t length)
{
	bool has_metadata = false;

	if (archive_read_support_format_tar(archive) != ARCHIVE_OK ||
	    archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK) {
		return fail(bundle, "is no tar archive; make it with tab or elf2tab");
	}
	const char *wrong = read_members(bundle, archive, length, &has_metadata);
	if (wrong != NULL) {
		return wrong;
	}
	if (!has_metadata) {
		return fail(bundle, "has no " METADATA_NAME "; make it with tab or elf2tab");
	}
	return bundle->count > 0 ? NULL : fail(bundle, "has no application (*.tbf) in it");
}

const char *archive_open(struct bundle *bundle, const uint8_t *bytes, size_t length)
{
	struct archive *archive = archive_read_new();

	*bundle = (struct bundle){0};
	if (archive == NULL) {
		return fail(bundle, "needs more memory than there is");
	}
	const char *wrong = read_archive(bundle, archive, bytes, length);
	archive_read_free(archive);
	return wrong;
}

void archive_close(struct bundle *bundle)
{
	for (size_t i = 0; i < bundle->count; i++) {
		free(bundle->members[i].bytes);
	}
	bundle->count = 0;
}

static bool write_member(struct archive *archive, const char *name, const void *bytes,
			 size_t length)
{
	struct archive_entry *entry = archive_entry_new();

	if (entry == NULL) {
		return false;
	}
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, 0, 0);
	archive_entry_set_size(entry, (la_int64_t)length);
	bool done = archive_write_header(archive, entry) == ARCHIVE_OK &&
		    archive_write_data(archive, bytes, length) == (la_ssize_t)length;
	archive_entry_free(entry);
	return done;
}

static bool write_members(struct archive *archive, const struct bundle *bundle)
{
	size_t length;
	char *metadata = metadata_write(&bundle->metadata, &length);
	bool done = metadata != NULL && write_member(archive, METADATA_NAME, metadata, length);

	for (size_t i = 0; done && i < bundle->count; i++) {
		const struct archive_member *member = &bundle->members[i];
		done = write_member(archive, member->name, member->bytes, member->length);
	}
	free(metadata);
	return done;
}

static size_t length_limit(const struct bundle *bundle)
{
	size_t length = METADATA_SIZE_MAX + 2 * ARCHIVE_SIZE_MORE;

	for (size_t i = 0; i < bundle->count; i++) {
		length += bundle->members[i].length + ARCHIVE_SIZE_MORE;
	}
	return length;
}

uint8_t *archive_write(const struct bundle *bundle, size_t *length)
{
	struct archive *archive = archive_write_new();
	size_t limit = length_limit(bundle);
	uint8_t *bytes = malloc(limit);

	bool done = archive != NULL && bytes != NULL &&
		    archive_write_set_format_ustar(archive) == ARCHIVE_OK &&
		    archive_write_set_bytes_per_block(archive, BLOCK_SIZE) == ARCHIVE_OK &&
		    archive_write_open_memory(archive, bytes, limit, length) == ARCHIVE_OK &&
		    write_members(archive, bundle) && archive_write_close(archive) == ARCHIVE_OK;
	archive_write_free(archive);
	if (!done) {
		free(bytes);
		return NULL;
	}
	return bytes;
}

size_t archive_processor_length(const struct archive_member *member)
{
	return strcspn(member->name, ".");
}
