/* A picture of memory, to scale.
 *
 * A section (RAM, flash) is a list of parts from its highest address to its lowest, without gaps.
 * Each part gets a number of rows; above each part that has any stands a border with the address,
 * and one more below the last. All of it is worked out anew for each row: it is cheap, and nothing
 * has to be remembered. */

#include <capsules/memory_map.h>

enum {
	RAM_ROWS = 16,  /* rows inside the boxes of the RAM */
	FLASH_ROWS = 4, /* and of the flash */
	PARTS_MAX = 5,

	ADDRESS_COLUMN = 2,
	BOX_COLUMN = 11,
	LABEL_COLUMN = 13,
	SIZE_COLUMN = 37,
	BOX_END_COLUMN = 47,
	MARK_COLUMN = 49,

	/* Bytes under the RAM in which an address is still marked: what a function's frame may
	 * reach below a stack that is full. */
	BELOW_RAM = 4096,

	NOWHERE = UINT32_MAX,
};

struct map_part {
	uint32_t start, end;
	uint32_t rows;
	struct read_span label;
};

/* Addresses that are pointed at; NOWHERE: none. */
struct map_marks {
	uint32_t stack_pointer;
	uint32_t fault;
};

struct map_section {
	struct map_part parts[PARTS_MAX]; /* from high to low addresses */
	uint32_t count;
	uint32_t bytes_per_row;
};

static void section_add(struct map_section *self, uint32_t start, uint32_t end,
			struct read_span label KEEP)
{
	if (end > start) {
		self->parts[self->count] = (struct map_part){start, end, 0, label};
		self->count++;
	}
}

static uint32_t section_tallest(const struct map_section *self)
{
	uint32_t tallest = 0;

	for (uint32_t i = 1; i < minimum(self->count, PARTS_MAX); i++) {
		if (self->parts[i].rows > self->parts[tallest].rows) {
			tallest = i;
		}
	}
	return tallest;
}

/* Shares out `rows`: the borders go to the nearest row, so that no error adds up; a part that gets
 * none takes one from the tallest. */
static void section_scale(struct map_section *self, uint32_t rows)
{
	if (self->count == 0) {
		return;
	}

	uint32_t top = self->parts[0].end;
	uint32_t size = top - self->parts[self->count - 1].start;
	uint32_t used = 0;

	self->bytes_per_row = size < rows ? 1 : size / rows;
	for (uint32_t i = 0; i < minimum(self->count, PARTS_MAX); i++) {
		uint32_t above = top - self->parts[i].start;
		uint32_t border = minimum(
		    rows, above / self->bytes_per_row +
			      (above % self->bytes_per_row > self->bytes_per_row / 2 ? 1 : 0));

		self->parts[i].rows = border - used;
		used = border;
	}
	for (uint32_t i = 0; i < minimum(self->count, PARTS_MAX); i++) {
		if (self->parts[i].rows == 0) {
			self->parts[section_tallest(self)].rows--;
			self->parts[i].rows = 1;
		}
	}
}

/* The process's own part of the RAM, as far as its word about stack and heap can be true. */
static void ram_add_own(struct map_section *ram, const struct process_description *process)
{
	uint32_t start = process->ram_start;
	uint32_t end = process->app_break;
	uint32_t stack_top = process->stack_top;
	uint32_t heap_start = process->heap_start;

	if (stack_top <= start || stack_top > heap_start || heap_start > end) {
		section_add(ram, start, end, SPAN_OF_TEXT("heap, data, stack"));
		return;
	}
	section_add(ram, heap_start, end, SPAN_OF_TEXT("heap"));
	section_add(ram, stack_top, heap_start, SPAN_OF_TEXT("data"));
	section_add(ram, start, stack_top, SPAN_OF_TEXT("stack"));
}

static void ram_section(struct map_section *ram, const struct process_description *process)
{
	section_add(ram, process->kernel_break, process->ram_end,
		    SPAN_OF_TEXT("grants and control data"));
	section_add(ram, process->app_break, process->kernel_break, SPAN_OF_TEXT("unused"));
	ram_add_own(ram, process);
	section_scale(ram, RAM_ROWS);
}

static void flash_section(struct map_section *flash, const struct process_description *process)
{
	*flash = (struct map_section){0};
	section_add(flash, process->flash_app, process->flash_end, SPAN_OF_TEXT("program"));
	section_add(flash, process->flash_start, process->flash_app,
		    SPAN_OF_TEXT("header and protected"));
	section_scale(flash, FLASH_ROWS);
}

static void add_border(struct text *line, uint32_t address)
{
	text_fill_to(line, ADDRESS_COLUMN, ' ');
	text_add_hex_padded(line, address);
	text_add(line, SPAN_OF_TEXT(" +"));
	text_fill_to(line, BOX_END_COLUMN, '-');
	text_add_char(line, '+');
}

static void add_mark(struct text *line, struct read_span mark)
{
	text_add_char(line, ' ');
	text_fill_to(line, MARK_COLUMN, ' ');
	text_add(line, mark);
}

static void add_marks(struct text *line, const struct map_marks *marks, uint32_t start,
		      uint32_t end)
{
	if (marks->stack_pointer >= start && marks->stack_pointer < end) {
		add_mark(line, SPAN_OF_TEXT("<- sp"));
	}
	if (marks->fault >= start && marks->fault < end) {
		add_mark(line, SPAN_OF_TEXT("<- fault"));
	}
}

/* Row `row` of a part, from its top. */
static void add_body(struct text *line, const struct map_marks *marks, const struct map_part *part,
		     uint32_t row)
{
	uint32_t step = (part->end - part->start) / part->rows;
	uint32_t start = part->start + step * (part->rows - 1 - row);

	text_fill_to(line, BOX_COLUMN, ' ');
	text_add_char(line, '|');
	if (row == 0) {
		text_fill_to(line, LABEL_COLUMN, ' ');
		text_add(line, part->label);
		text_fill_to(line, SIZE_COLUMN, ' ');
		text_add_decimal(line, part->end - part->start);
	}
	text_fill_to(line, BOX_END_COLUMN, ' ');
	text_add_char(line, '|');
	/* What a division leaves over belongs to the highest row. */
	add_marks(line, marks, start, row == 0 ? part->end : start + step);
}

/* Adds row `row` of the section, or returns false and takes the section's rows off `row`. */
static bool section_add_row(struct text *line, const struct map_marks *marks,
			    const struct map_section *section, uint32_t *row)
{
	for (uint32_t i = 0; i < minimum(section->count, PARTS_MAX); i++) {
		const struct map_part *part = ELEMENT(section->parts, i);

		if (*row == 0) {
			add_border(line, part->end);
			return true;
		}
		if (*row <= part->rows) {
			add_body(line, marks, part, *row - 1);
			return true;
		}
		*row -= part->rows + 1;
	}
	if (section->count > 0 && *row == 0) {
		add_border(line, section->parts[section->count - 1].start);
		return true;
	}
	*row -= section->count > 0 ? 1 : 0;
	return false;
}

static bool add_title(struct text *line, uint32_t ram_bytes, uint32_t flash_bytes)
{
	text_format_3(line, SPAN_OF_TEXT("  memory map, a line of RAM is {} bytes, of flash {}"),
		      ram_bytes, flash_bytes, 0);
	return true;
}

/* Adds row `row` behind the title, if it is one of the RAM or the one below it, or takes the rows of these off
 * `row`. The row below is for what lies just under the RAM, which begins at `end`: where a stack goes that grows
 * out of it. */
static bool add_ram_row(struct text *line, const struct map_marks *marks,
			const struct map_section *ram, uint32_t end, uint32_t *row)
{
	if (section_add_row(line, marks, ram, row)) {
		return true;
	}
	if (*row == 0) {
		add_marks(line, marks, end < BELOW_RAM ? 0 : end - BELOW_RAM, end);
		return true;
	}
	*row -= 1;
	return false;
}

bool memory_map_add_row(struct text *line, const struct process_description *process, uint32_t row)
{
	const struct fault *fault = &process->fault;
	struct map_marks marks = {process->stack_pointer,
				  fault->address_valid ? fault->address : NOWHERE};
	struct map_section section = {0}; /* of the RAM, then of the flash */
	uint32_t left = row - 1;          /* rows of it before the one wanted */

	ram_section(&section, process);
	if (row > 0 && add_ram_row(line, &marks, &section, process->ram_start, &left)) {
		return true;
	}

	uint32_t ram_bytes = section.bytes_per_row;

	flash_section(&section, process);
	return row == 0 ? add_title(line, ram_bytes, section.bytes_per_row)
			: section_add_row(line, &marks, &section, &left);
}

static void kernel_ram_section(struct map_section *ram, const struct kernel_memory *kernel)
{
	section_add(ram, kernel->bss_end, kernel->ram_end, SPAN_OF_TEXT("unused"));
	section_add(ram, kernel->data_end, kernel->bss_end, SPAN_OF_TEXT("BSS"));
	section_add(ram, kernel->stack_end, kernel->data_end, SPAN_OF_TEXT("Relocate"));
	section_add(ram, kernel->ram_start, kernel->stack_end, SPAN_OF_TEXT("Stack"));
	section_scale(ram, RAM_ROWS);
}

static void kernel_flash_section(struct map_section *flash, const struct kernel_memory *kernel)
{
	*flash = (struct map_section){0};
	section_add(flash, kernel->constants_end, kernel->flash_end, SPAN_OF_TEXT("unused"));
	section_add(flash, kernel->code_end, kernel->constants_end, SPAN_OF_TEXT("RoData"));
	section_add(flash, kernel->flash_start, kernel->code_end, SPAN_OF_TEXT("Code"));
	section_scale(flash, FLASH_ROWS);
}

bool memory_map_add_kernel_row(struct text *line, const struct kernel_memory *kernel, uint32_t row)
{
	struct map_marks marks = {NOWHERE, NOWHERE};
	struct map_section section = {0};
	uint32_t left = row - 1;

	kernel_ram_section(&section, kernel);
	if (row > 0 && add_ram_row(line, &marks, &section, kernel->ram_start, &left)) {
		return true;
	}

	uint32_t ram_bytes = section.bytes_per_row;

	kernel_flash_section(&section, kernel);
	return row == 0 ? add_title(line, ram_bytes, section.bytes_per_row)
			: section_add_row(line, &marks, &section, &left);
}
