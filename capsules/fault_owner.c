/* Whose memory an address is that a process must not use. */

#include <capsules/fault_owner.h>
#include <capsules/process_words.h>

enum {
	BELOW_RAM = 4096, /* bytes; a stack that grows out of the RAM ends there */
	NULL_PAGE = 256,  /* addresses under this come from a null pointer, more likely than not */
};

static bool is_in(uint32_t address, uint32_t start, uint32_t end)
{
	return address >= start && address < end;
}

/* Adds whose part of the process's memory it is; false if it is none of it. */
static bool add_own_part(struct text *line, const struct process_description *process,
			 uint32_t address)
{
	if (is_in(address, process->ram_start, process->app_break)) {
		text_add(line, SPAN_OF_TEXT("its own RAM"));
	} else if (is_in(address, process->app_break, process->kernel_break)) {
		text_add(line, SPAN_OF_TEXT("its RAM above the break"));
	} else if (is_in(address, process->kernel_break, process->ram_end)) {
		text_add(line, SPAN_OF_TEXT("its grants, which are the kernel's"));
	} else if (is_in(address, process->flash_start, process->flash_app)) {
		text_add(line, SPAN_OF_TEXT("its own header in flash"));
	} else if (is_in(address, process->flash_app, process->flash_end)) {
		text_add(line, SPAN_OF_TEXT("its own program in flash"));
	} else {
		return false;
	}
	return true;
}

/* The same for any other process. */
static bool add_other_process(struct text *line, uint32_t address,
			      const struct process_inspect_capability *inspect)
{
	struct process_description other = {0};

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (!process_describe(slot, inspect, &other)) {
			continue;
		}

		bool in_ram = is_in(address, other.ram_start, other.ram_end);

		if (in_ram || is_in(address, other.flash_start, other.flash_end)) {
			process_words_add(line,
					  in_ram ? SPAN_OF_TEXT("RAM of process {n24}")
						 : SPAN_OF_TEXT("flash of process {n24}"),
					  &other);
			return true;
		}
	}
	return false;
}

void fault_owner_add(struct text *line, const struct process_description *process,
		     const struct kernel_memory *kernel,
		     const struct process_inspect_capability *inspect)
{
	uint32_t address = process->fault.address;

	text_add(line, SPAN_OF_TEXT(": "));
	if (address < NULL_PAGE) {
		text_add(line, SPAN_OF_TEXT("a null pointer? "));
	}
	if (add_own_part(line, process, address) || add_other_process(line, address, inspect)) {
		return;
	}
	if (is_in(address, kernel->ram_start, kernel->ram_end)) {
		text_add(line, SPAN_OF_TEXT("the kernel's RAM"));
	} else if (is_in(address, kernel->flash_start, kernel->flash_end)) {
		text_add(line, SPAN_OF_TEXT("the kernel's flash"));
	} else if (is_in(address, process->ram_start - minimum(process->ram_start, BELOW_RAM),
			 process->ram_start)) {
		text_format_1(line, SPAN_OF_TEXT("{} bytes below its RAM, nobody's"),
			      process->ram_start - address);
	} else {
		text_add(line, SPAN_OF_TEXT("no process's memory, nor the kernel's"));
	}
}
