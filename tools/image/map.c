/* A row's reasons add up to the bytes that it says are lost. */

#include <tools/image/kernel_facts.h>
#include <tools/image/map.h>
#include <tools/tbf/mpu.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FOOTER_FORMAT_SIZE 4u
#define REASON_SIZE        200u

struct reasons {
	uint64_t lost; /* bytes */
	char text[REASON_SIZE];
};

__attribute__((format(printf, 3, 4))) static void add_reason(struct reasons *reasons, uint64_t lost,
							     const char *format, ...)
{
	size_t at = strlen(reasons->text);
	va_list arguments;

	if (lost == 0) {
		return;
	}
	reasons->lost += lost;
	at += (size_t)snprintf(&reasons->text[at], REASON_SIZE - at, "%s%" PRIu64 " ",
			       at == 0 ? "; lost: " : ", ", lost);
	if (at < REASON_SIZE) {
		va_start(arguments, format);
		vsnprintf(&reasons->text[at], REASON_SIZE - at, format, arguments);
		va_end(arguments);
	}
}

static void print_row(uint64_t address, uint64_t size, uint64_t lost, const char *what,
		      const char *more)
{
	printf("0x%08" PRIx64 " %9" PRIu64 " %9" PRIu64 "  %s%s\n", address, size, lost, what,
	       more);
}

/* --- Flash --- */

/* Bytes of footers that say something. */
static uint64_t credential_bytes(const struct application *application)
{
	const struct tbf_header *header = &application->header;
	uint64_t length = application->file.length;
	uint64_t end = header->total_size < length ? header->total_size : length;
	size_t at = header->binary_end;
	size_t used = header->binary_end;
	struct tbf_element footer;

	while (tbf_next(application->file.bytes, end, &at, &footer) &&
	       footer.type == TBF_CREDENTIAL && footer.length >= FOOTER_FORMAT_SIZE) {
		static const uint8_t reserved[FOOTER_FORMAT_SIZE] = {TBF_RESERVED};
		if (memcmp(footer.value, reserved, sizeof(reserved)) != 0) {
			used = at;
		}
	}
	return used - header->binary_end;
}

/* The subregions of the MPU region that covers it. */
static uint64_t flash_step(const struct application *application)
{
	uint64_t region = MPU_SIZE_MIN;

	while (application->address / region * region + region < application_end(application)) {
		region *= 2;
	}
	return region / MPU_SUBREGIONS;
}

/* What the footers do not use is there for the MPU, or because whoever packed it left it. */
static void explain_end(const struct layout *layout, const struct application *application,
			struct reasons *reasons)
{
	uint64_t free = application->header.total_size - application->header.binary_end -
			credential_bytes(application);
	uint64_t step = flash_step(application);

	if (layout->architecture == ARCHITECTURE_ARMV7M && free < step) {
		add_reason(reasons, free, "as it ends with a subregion of the MPU (%" PRIu64 ")",
			   step);
	} else {
		add_reason(reasons, free, "that it was packed with, or reserved for credentials");
	}
}

static struct reasons explain_flash(const struct layout *layout,
				    const struct application *application)
{
	const struct tbf_header *header = &application->header;
	struct reasons reasons = {0};

	if (!application->is_readable) {
		return reasons;
	}
	if (!header->has_program) {
		add_reason(&reasons, application->size - header->header_size, "as it is padding");
		return reasons;
	}
	add_reason(&reasons, header->protected_size, "between header and program");
	explain_end(layout, application, &reasons);
	return reasons;
}

static struct reasons explain_gap(const struct layout *layout,
				  const struct application *application, uint64_t gap)
{
	struct reasons reasons = {0};

	if (application->is_address_given) {
		add_reason(&reasons, gap, "as its address was asked for");
	} else if (application->is_fixed) {
		add_reason(&reasons, gap, "as it is linked for its address");
	} else if (layout->architecture == ARCHITECTURE_ARMV7M) {
		add_reason(&reasons, gap, "so that one MPU region covers it");
	} else {
		add_reason(&reasons, gap, "as it begins at a multiple of %" PRIu64,
			   layout_alignment(layout, application));
	}
	return reasons;
}

static const char *state_of(const struct application *application)
{
	bool has_program = application->is_readable && application->header.has_program;

	return has_program && !application_runs(application) ? ", disabled" : "";
}

/* Returns how many bytes were lost, with those of the gap before it. */
static uint64_t print_flash_row(const struct layout *layout, size_t index)
{
	const struct application *application = layout->placed[index];
	uint64_t free_from = layout_gap_start(layout, index);
	uint64_t gap = application->address - free_from;
	struct reasons before = explain_gap(layout, application, gap);
	struct reasons inside = explain_flash(layout, application);
	char what[APPLICATION_LABEL_SIZE + 16];

	if (gap > 0) {
		snprintf(what, sizeof(what), "padding before %s", application->label);
		print_row(free_from, gap, gap, what, before.text);
	}
	snprintf(what, sizeof(what), "%s%s", application->label, state_of(application));
	print_row(application->address, application->size, inside.lost, what, inside.text);
	return gap + inside.lost;
}

static uint64_t print_flash(const struct map *map)
{
	const struct layout *layout = map->layout;
	uint64_t lost = 0;

	printf("flash           size      lost  what\n");
	print_row(map->flash_start, map->kernel_end - map->flash_start, 0, "kernel", "");
	print_row(map->kernel_end, layout->start - map->kernel_end, 0, "free for the kernel", "");
	for (size_t i = 0; i < layout->count; i++) {
		lost += print_flash_row(layout, i);
	}
	print_row(layout_end(layout), layout->end - layout_end(layout), 0, "free for applications",
		  "");
	return lost;
}

/* --- RAM --- */

static struct reasons explain_ram(const struct layout *layout,
				  const struct application *application, uint64_t gap)
{
	uint64_t size = application->ram_end - application->ram_start;
	uint64_t asked = application->header.minimum_ram + layout->ram->kernel_part;
	bool is_fixed =
	    !application->is_relocatable && application->header.fixed_ram != TBF_NOT_FIXED;
	struct reasons reasons = {0};

	add_reason(&reasons, gap, "before it, as %s",
		   is_fixed              ? "it is linked for its address"
		   : layout->ram->is_arm ? "the MPU needs it aligned"
					 : "it is aligned");
	add_reason(&reasons, size > asked ? size - asked : 0, "as %s",
		   layout->ram->is_arm ? "its RAM ends with a subregion of the MPU"
				       : "it is aligned");
	return reasons;
}

static uint64_t print_ram_row(const struct layout *layout, const struct application *application,
			      uint64_t free_from, size_t number)
{
	uint64_t gap = application->ram_start - free_from;
	struct reasons reasons = explain_ram(layout, application, gap);
	char what[APPLICATION_LABEL_SIZE + 80];

	snprintf(what, sizeof(what), "%zu %s: %" PRIu32 ", the kernel %" PRIu64, number,
		 application->label, application->header.minimum_ram, layout->ram->kernel_part);
	print_row(application->ram_start, application->ram_end - application->ram_start,
		  reasons.lost, what, reasons.text);
	return reasons.lost;
}

static void print_slots(const struct map *map, size_t processes)
{
	if (map->process_slots == KERNEL_FACTS_NO_SLOTS) {
		printf("processes: %zu\n", processes);
	} else {
		printf("processes: %zu; the board has room for %zu\n", processes,
		       map->process_slots);
	}
}

/* Only when it is known; 0 bytes are lost otherwise. */
static uint64_t print_ram(const struct map *map)
{
	const struct layout *layout = map->layout;
	uint64_t lost = 0;
	size_t processes = 0;

	if (layout->ram == NULL) {
		return 0;
	}
	uint64_t free_from = layout->ram->start;
	printf("RAM             size      lost  what: bytes asked for, bytes the kernel keeps of "
	       "them\n");
	for (size_t i = 0; i < layout->count; i++) {
		const struct application *application = layout->placed[i];
		if (application->ram_end > application->ram_start) {
			processes++;
			lost += print_ram_row(layout, application, free_from, processes);
			free_from = application->ram_end;
		}
	}
	print_row(free_from, layout->ram->end - free_from, 0, "free for processes", "");
	print_slots(map, processes);
	return lost;
}

void map_print(const struct map *map)
{
	uint64_t flash_lost = print_flash(map);
	uint64_t ram_lost = print_ram(map);

	printf("image: %" PRIu64 " bytes; lost to gaps and rounding: %" PRIu64
	       " bytes of flash, %" PRIu64 " of RAM\n",
	       map->image_size, flash_lost, ram_lost);
}
