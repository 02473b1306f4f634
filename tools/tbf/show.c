/* Everything shown comes from a file: bytes are made printable, and nothing is read that
 * tbf_read() or tbf_next() has not found to be there. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/digest.h>
#include <tools/tbf/file.h>
#include <tools/tbf/relocation.h>
#include <tools/tbf/show.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static uint16_t u16_at(const uint8_t *bytes, size_t at)
{
	return (uint16_t)(bytes[at] | bytes[at + 1] << 8);
}

static uint32_t u32_at(const uint8_t *bytes, size_t at)
{
	return u16_at(bytes, at) | (uint32_t)u16_at(bytes, at + 2) << 16;
}

static uint64_t u64_at(const uint8_t *bytes, size_t at)
{
	return u32_at(bytes, at) | (uint64_t)u32_at(bytes, at + 4) << 32;
}

static void print_printable(const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		putchar(bytes[i] < 0x20 || bytes[i] == 0x7f ? '?' : bytes[i]);
	}
}

static void print_address(const char *what, uint32_t address)
{
	if (address == TBF_NOT_FIXED) {
		printf("%s anywhere", what);
	} else {
		printf("%s 0x%08" PRIx32, what, address);
	}
}

static void show_header(const struct tbf_header *header)
{
	printf("header            %" PRIu32 " bytes, checksum right\n", header->header_size);
	printf("total size        %" PRIu32 " bytes\n", header->total_size);
	printf("enabled           %s\n", (header->flags & TBF_FLAG_ENABLED) != 0 ? "yes" : "no");
	if (!header->has_program) {
		return;
	}
	printf("version           %" PRIu32 "\n", header->version);
	printf("program           0x%" PRIx32 "..0x%" PRIx32 ", entry at 0x%" PRIx32 "\n",
	       header->header_size + header->protected_size, header->binary_end,
	       header->header_size + header->init_offset);
	printf("minimum RAM       %" PRIu32 " bytes\n", header->minimum_ram);
}

static void show_regions(const struct tbf_element *element)
{
	for (size_t at = 0; at + 8 <= element->length; at += 8) {
		uint32_t offset = u32_at(element->value, at);
		printf("writeable region  0x%" PRIx32 "..0x%" PRIx64 "\n", offset,
		       (uint64_t)offset + u32_at(element->value, at + 4));
	}
}

/* "driver 0x1: commands 0 1 2". Every driver in the list may be subscribed and allowed to. */
static void show_permissions(const struct tbf_element *element)
{
	size_t count = u16_at(element->value, 0);

	if (count == 0) {
		printf("permission        none\n");
	}
	for (size_t i = 0; i < count; i++) {
		const uint8_t *entry = &element->value[2 + 16 * i];
		uint64_t first = (uint64_t)u32_at(entry, 4) * 64;
		uint64_t mask = u64_at(entry, 8);
		printf("permission        driver 0x%" PRIx32 ": %s", u32_at(entry, 0),
		       mask == 0 ? "no command" : "commands");
		for (unsigned bit = 0; bit < 64; bit++) {
			if ((mask >> bit & 1) != 0) {
				printf(" %" PRIu64, first + bit);
			}
		}
		putchar('\n');
	}
}

/* Returns the end of the list at `at`. */
static size_t show_ids(const char *what, const uint8_t *value, size_t at)
{
	size_t count = u16_at(value, at);

	printf("%s", what);
	for (size_t i = 0; i < count; i++) {
		printf(" 0x%" PRIx32, u32_at(value, at + 2 + 4 * i));
	}
	printf("%s\n", count == 0 ? " nothing" : "");
	return at + 2 + 4 * count;
}

static void show_storage(const struct tbf_element *element)
{
	uint32_t write_id = u32_at(element->value, 0);

	printf("storage write     %s (write id 0x%" PRIx32 ")\n",
	       write_id != 0 ? "yes, under its short id" : "no", write_id);
	size_t at = show_ids("storage read     ", element->value, 4);
	show_ids("storage modify   ", element->value, at);
}

static void show_relocations(const struct tbf_element *element)
{
	struct relocation_table table;
	const char *wrong = relocation_read(&table, element->value, element->length);

	if (wrong != NULL) {
		refuse("%s", wrong);
	}
	printf("relocations       %" PRIu32 " places in %zu bytes, for %s; alignment %" PRIu32
	       " in flash, %" PRIu32 " in RAM\n",
	       table.count, element->length,
	       table.architecture == RELOCATION_ARM ? "ARM" : "RISC-V", table.flash_alignment,
	       table.ram_alignment);
}

static void show_element(const struct tbf_element *element)
{
	switch (element->type) {
	case TBF_MAIN:
	case TBF_PROGRAM:
		return; /* put together by tbf_read() */
	case TBF_REGIONS:
		show_regions(element);
		return;
	case TBF_NAME:
		printf("name              ");
		print_printable(element->value, element->length);
		putchar('\n');
		return;
	case TBF_FIXED_ADDRESSES:
		print_address("linked for        flash", u32_at(element->value, 4));
		print_address(", RAM", u32_at(element->value, 0));
		putchar('\n');
		return;
	case TBF_PERMISSIONS:
		show_permissions(element);
		return;
	case TBF_STORAGE:
		show_storage(element);
		return;
	case TBF_KERNEL_VERSION:
		printf("kernel            %u.%u or a later %u\n", u16_at(element->value, 0),
		       u16_at(element->value, 2), u16_at(element->value, 0));
		return;
	case TBF_SHORT_ID:
		printf("short id          0x%" PRIx32 "\n", u32_at(element->value, 0));
		return;
	case TBF_RELOCATIONS:
		show_relocations(element);
		return;
	default:
		printf("element %-9u %zu bytes\n", element->type, element->length);
		return;
	}
}

static const char *format_name(uint32_t format)
{
	static const char *const names[] = {"reserved", "RSA-3072", "RSA-4096",   "SHA-256",
					    "SHA-384",  "SHA-512",  "ECDSA P-256"};

	return format < sizeof(names) / sizeof(names[0]) ? names[format] : "of unknown format";
}

static const char *sha_256_verdict(const struct tbf_header *header, const uint8_t *bytes,
				   const struct tbf_element *footer)
{
	uint8_t digest[TBF_SHA_256_SIZE];

	if (footer->length != 4 + sizeof(digest)) {
		return ": wrong length";
	}
	digest_sha_256(bytes, header->binary_end, digest);
	return memcmp(digest, &footer->value[4], sizeof(digest)) == 0 ? ": matches"
								      : ": does not match";
}

static void show_footers(const struct tbf_header *header, const struct file *file)
{
	struct tbf_element footer;
	size_t at = header->binary_end;
	size_t end = header->total_size < file->length ? header->total_size : file->length;

	while (tbf_next(file->bytes, end, &at, &footer) && footer.type == TBF_CREDENTIAL &&
	       footer.length >= 4) {
		uint32_t format = u32_at(footer.value, 0);
		printf("credential        %s, %zu bytes%s\n", format_name(format),
		       footer.length - 4,
		       format == TBF_SHA_256 ? sha_256_verdict(header, file->bytes, &footer) : "");
	}
}

void show(const char *path)
{
	struct file file;
	struct tbf_header header;
	struct tbf_element element;
	size_t at = TBF_HEADER_BASE_SIZE;

	file_read(&file, path);
	const char *wrong = tbf_read(&header, file.bytes, file.length);
	if (wrong != NULL) {
		refuse("%s: %s", path, wrong);
	}
	show_header(&header);
	while (tbf_next(file.bytes, header.header_size, &at, &element)) {
		show_element(&element);
	}
	if (header.has_program) {
		show_footers(&header, &file);
	}
	file_release(&file);
}
