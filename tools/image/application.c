/* What a file says about itself decides nothing before it was checked; raw files decide nothing. */

#include <tools/image/application.h>
#include <tools/tab/processor.h>
#include <tools/tbf/command_line.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Larger than any flash; keeps sums of sizes far from wrapping. */
#define SIZE_MAX_SANE (256u * 1024 * 1024)

static void release_file(struct application *application)
{
	file_release(&application->file);
	free(application->member_name);
	application->member_name = NULL;
}

/* Cuts "@ADDRESS" off `path`. A file name may hold an @ that no number follows. */
static void take_address(struct application *application)
{
	char *at = strrchr(application->path, '@');

	if (at == NULL || at[1] < '0' || at[1] > '9') {
		return;
	}
	application->address_given = command_line_number("@ADDRESS", &at[1], UINT32_MAX);
	application->is_address_given = true;
	*at = '\0';
}

/* "hello.tbf (hello)", whatever bytes the name is made of. */
static void make_label(struct application *application)
{
	char name[40] = "";
	const struct tbf_header *header = &application->header;

	if (!application->is_readable) {
		snprintf(name, sizeof(name), " (damaged)");
	} else if (header->name_length > 0) {
		int length = header->name_length < 32 ? (int)header->name_length : 32;
		snprintf(name, sizeof(name), " (%.*s)", length, header->name);
	}
	for (size_t i = 0; name[i] != '\0'; i++) {
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f) {
			name[i] = '?';
		}
	}
	snprintf(application->label, sizeof(application->label), "%.80s%s", application->file.path,
		 name);
}

uint64_t application_program_offset(const struct application *application)
{
	return (uint64_t)application->header.header_size + application->header.protected_size;
}

bool application_runs(const struct application *application)
{
	const struct tbf_header *header = &application->header;

	return application->is_readable && header->has_program &&
	       (header->flags & TBF_FLAG_ENABLED) != 0;
}

/* A3 */
static void find_fixed_address(struct application *application)
{
	uint64_t flash = application->header.fixed_flash;
	uint64_t offset = application_program_offset(application);

	if (!application->is_readable || !application->header.has_program ||
	    application->is_relocatable || flash == TBF_NOT_FIXED) {
		return;
	}
	if (offset > flash) {
		refuse("%s: linked for flash address 0x%08llx, but its header takes 0x%llx bytes "
		       "before that; link it for a higher address",
		       application->label, (unsigned long long)flash, (unsigned long long)offset);
	}
	if (application->is_fixed && application->address != flash - offset) {
		refuse("%s: linked to begin at 0x%08llx, so it cannot be placed at 0x%08llx; leave "
		       "the @ADDRESS away or link it anew",
		       application->label, (unsigned long long)(flash - offset),
		       (unsigned long long)application->address);
	}
	application->is_fixed = true;
	application->address = flash - offset;
}

/* A2 */
static uint64_t flash_size(const struct file *file)
{
	uint64_t claimed = tbf_claimed_size(file->bytes, file->length);
	uint64_t length = (file->length + 3) / 4 * 4;

	if (claimed >= file->length && claimed <= SIZE_MAX_SANE && claimed % 4 == 0) {
		length = claimed;
	}
	return length > TBF_HEADER_BASE_SIZE ? length : TBF_HEADER_BASE_SIZE;
}

/* A1 */
static void check_whole(const struct application *application, const char *wrong)
{
	uint64_t total = application->header.total_size;

	if (wrong != NULL) {
		refuse("%s: %s; pack it again, or give --raw to place it all the same",
		       application->label, wrong);
	}
	if (application->file.length > total) {
		refuse("%s: the file has %zu bytes, its header says %llu; pack it again, or give "
		       "--raw to place it all the same",
		       application->label, application->file.length, (unsigned long long)total);
	}
	if (total % 4 != 0 || total > SIZE_MAX_SANE) {
		refuse("%s: its size of %llu bytes is not a multiple of 4 up to %u; pack it again",
		       application->label, (unsigned long long)total, SIZE_MAX_SANE);
	}
}

/* A4. A damaged table is nothing to place by; with --raw its application stays as it is. */
static void read_placement(struct application *application, bool raw)
{
	struct placement *placement = &application->placement;

	if (!application->is_readable || application->header.relocations == NULL) {
		return;
	}
	const char *wrong =
	    placement_read(placement, application->file.bytes, application->file.length, 0);
	if (wrong != NULL && !raw) {
		refuse("%s: %s", application->label, wrong);
	}
	application->is_relocatable = wrong == NULL;
}

void application_settle(struct application *application)
{
	if (!application->is_relocatable) {
		return;
	}
	const char *wrong =
	    placement_check(&application->placement, application->address, application->ram_start);
	if (wrong != NULL) {
		refuse("%s: %s", application->label, wrong);
	}
	uint8_t *bytes = malloc(application->size);
	if (bytes == NULL) {
		refuse("no memory");
	}
	placement_write(&application->placement, (uint32_t)application->address,
			(uint32_t)application->ram_start, bytes, application->size);
	free(application->file.bytes);
	application->file.bytes = bytes;
	application->file.length = application->size;
	if (tbf_read(&application->header, bytes, application->size) != NULL) {
		refuse("%s: cannot be read back after placing; please report this",
		       application->label);
	}
}

/* With --raw a whole application still goes to the address it was linked for; a header that is
 * whole but for its file is read all the same. */
static void take_file(struct application *application, bool raw)
{
	const char *wrong =
	    tbf_read(&application->header, application->file.bytes, application->file.length);

	application->is_readable = wrong == NULL;
	application->is_fixed = application->is_address_given;
	application->address = application->address_given;
	make_label(application);
	if (!raw) {
		check_whole(application, wrong);
	}
	read_placement(application, raw);
	if (!raw || !application->is_fixed) {
		find_fixed_address(application);
	}
	application->size = application->is_relocatable ? application->placement.size
							: flash_size(&application->file);
}

static const struct archive_member *candidate_member(const struct application *application,
						     size_t candidate)
{
	return &application->bundle->members[application->candidates[candidate]];
}

void application_choose(struct application *application, size_t candidate)
{
	const struct archive_member *member = candidate_member(application, candidate);
	char *name;

	release_file(application);
	if (asprintf(&name, "%s/%s", file_base_name(application->path), member->name) < 0) {
		refuse("no memory");
	}
	uint8_t *bytes = malloc(member->length > 0 ? member->length : 1);
	if (bytes == NULL) {
		refuse("no memory");
	}
	memcpy(bytes, member->bytes, member->length);
	application->member_name = name;
	application->file = (struct file){name, bytes, member->length};
	take_file(application, false);
}

bool application_has_choice(const struct application *application)
{
	return application->candidate_count > 1 && application->is_fixed &&
	       !application->is_address_given;
}

/* Lower is better; negative: it does not run on the board, or not at the address given (A5). */
static int candidate_rank(const struct application *application, size_t index, bool is_arm)
{
	const struct archive_member *member = &application->bundle->members[index];
	int rank = processor_rank(is_arm, member->name, archive_processor_length(member));
	struct tbf_header header;

	if (rank < 0 || tbf_read(&header, member->bytes, member->length) != NULL) {
		return rank < 0 ? -1 : 2 * rank;
	}
	bool is_fixed =
	    header.relocations == NULL && header.has_program && header.fixed_flash != TBF_NOT_FIXED;
	uint64_t begins = header.fixed_flash - (uint64_t)header.header_size - header.protected_size;
	if (is_fixed && application->is_address_given && begins != application->address_given) {
		return -1;
	}
	return 2 * rank + (is_fixed ? 1 : 0);
}

/* By rank, and among equals as they lie in the archive. */
static void find_candidates(struct application *application, bool is_arm)
{
	int ranks[ARCHIVE_MEMBERS_MAX];

	for (size_t i = 0; i < application->bundle->count; i++) {
		int rank = candidate_rank(application, i, is_arm);
		size_t at = application->candidate_count;
		if (rank < 0) {
			continue;
		}
		for (; at > 0 && ranks[at - 1] > rank; at--) {
			ranks[at] = ranks[at - 1];
			application->candidates[at] = application->candidates[at - 1];
		}
		ranks[at] = rank;
		application->candidates[at] = i;
		application->candidate_count++;
	}
}

__attribute__((noreturn)) static void refuse_archive(const struct application *application,
						     bool is_arm)
{
	const struct bundle *bundle = application->bundle;
	char names[200] = "";
	size_t length = 0;

	for (size_t i = 0; i < bundle->count && length < sizeof(names); i++) {
		length += (size_t)snprintf(&names[length], sizeof(names) - length, "%s%s",
					   i > 0 ? ", " : "", bundle->members[i].name);
	}
	refuse("%s: has no file for this board's processor (%s)%s; it has %s",
	       file_base_name(application->path), processor_list(is_arm),
	       application->is_address_given ? " and the address given" : "", names);
}

static void read_archive(struct application *application, const struct application_board *board)
{
	const char *name = file_base_name(application->path);

	application->bundle = malloc(sizeof(*application->bundle));
	if (application->bundle == NULL) {
		refuse("no memory");
	}
	const char *wrong =
	    archive_open(application->bundle, application->file.bytes, application->file.length);
	if (wrong != NULL) {
		refuse("%s: %s", name, wrong);
	}
	if (board->name != NULL &&
	    !metadata_allows_board(&application->bundle->metadata, board->name)) {
		refuse("%s: is only for %s, the board is %s; give an application for this board",
		       name, application->bundle->metadata.only_for_boards, board->name);
	}
	find_candidates(application, board->is_arm);
	if (application->candidate_count == 0) {
		refuse_archive(application, board->is_arm);
	}
	/* Each is looked at, so that one which is wrong is told whatever is chosen later. */
	for (size_t i = application->candidate_count; i-- > 0;) {
		application_choose(application, i);
	}
}

void application_read(struct application *application, const char *argument,
		      const struct application_board *board)
{
	*application = (struct application){.path = strdup(argument)};
	if (application->path == NULL) {
		refuse("no memory");
	}
	take_address(application);
	file_read(&application->file, application->path);
	if (archive_is(application->file.bytes, application->file.length)) {
		read_archive(application, board);
		return;
	}
	application->file.path = file_base_name(application->path);
	take_file(application, board->raw);
}

void application_release(struct application *application)
{
	release_file(application);
	if (application->bundle != NULL) {
		archive_close(application->bundle);
		free(application->bundle);
	}
	free(application->path);
}
