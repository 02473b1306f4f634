#pragma once

#include <tools/tab/archive.h>
#include <tools/tbf/file.h>
#include <tools/tbf/format.h>
#include <tools/tbf/place.h>

#include <stdbool.h>
#include <stdint.h>

/* One application on its way into an image.
 *
 *   A1  application_read() refuses a file that is no whole, undamaged TBF, unless told to take it
 *       raw: then any bytes will do, as tests of the loader need.
 *   A2  `size` is the flash it takes, a multiple of 4 and no less than a header; the file may be
 *       shorter. That is what its header says, or when that cannot be true, the file's length.
 *   A3  Its address is given (`is_fixed`) when somebody asked for it with FILE@ADDRESS, else when
 *       it was linked for one. Otherwise the layout finds it one.
 *   A4  One with a relocation table (`is_relocatable`) becomes what it is to be in flash only when
 *       flash and RAM have been found for it: application_settle(). Until then `size` is the least
 *       that it takes; what it takes depends on the place.
 *   A5  An archive (TAB) has one or more files that will do for the board, its *candidates*, the best
 *       first: those for the processor itself, and of these those that can go anywhere. The first is
 *       the application, until application_choose() says otherwise. */

#define APPLICATION_LABEL_SIZE 128

struct application {
	struct file file;
	char *path;
	struct tbf_header header; /* meaningful when `is_readable` */
	bool is_readable;
	bool is_fixed;
	bool is_relocatable;
	struct placement placement; /* meaningful when `is_relocatable` */
	uint64_t address;           /* of its header */
	uint64_t size;              /* A2 */
	uint64_t ram_start;         /* found by ram_plan(), with what is the kernel's */
	uint64_t ram_end;
	char label[APPLICATION_LABEL_SIZE]; /* for people: file and application name */

	bool is_address_given; /* FILE@ADDRESS; then `address_given` */
	uint64_t address_given;
	struct bundle *bundle;                  /* the archive it is from; NULL: none */
	char *member_name;                      /* with the archive's before it; NULL: none */
	size_t candidates[ARCHIVE_MEMBERS_MAX]; /* A5: indices of members */
	size_t candidate_count;
};

/* For which board applications are read. */
struct application_board {
	bool is_arm;
	const char *name; /* NULL: not known */
	bool raw;         /* A1 */
};

/* `argument` is FILE or FILE@ADDRESS. */
void application_read(struct application *application, const char *argument,
		      const struct application_board *board);

/* Makes the candidate with this number the application. */
void application_choose(struct application *application, size_t candidate);

/* A5: whether something is to be chosen, as all candidates are linked for different addresses. */
bool application_has_choice(const struct application *application);

/* A4. Refuses what cannot be there. */
void application_settle(struct application *application);

void application_release(struct application *application);

static inline uint64_t application_end(const struct application *application)
{
	return application->address + application->size;
}

/* Whether the kernel makes a process of it. */
bool application_runs(const struct application *application);

/* Where the first byte behind header and protected bytes lies, counted from the header. */
uint64_t application_program_offset(const struct application *application);
