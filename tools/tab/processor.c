/* Our boards have a Cortex-M3 and an RV32IMAC. A Cortex-M0's instructions are some of the former's, the
 * shorter lists of RISC-V extensions some of the latter's. */

#include <tools/tab/processor.h>

#include <string.h>

static const char *const arm_processors[] = {"cortex-m3", "cortex-m0plus", "cortex-m0", NULL};
static const char *const riscv_processors[] = {"rv32imac", "rv32imc", "rv32ima", "rv32im",
					       "rv32ic",   "rv32i",   NULL};

static bool starts_with(const char *name, size_t length, const char *start)
{
	return length >= strlen(start) && memcmp(name, start, strlen(start)) == 0;
}

enum processor_family processor_family(const char *name, size_t length)
{
	if (starts_with(name, length, "cortex-m")) {
		return PROCESSOR_ARM;
	}
	return starts_with(name, length, "rv32") ? PROCESSOR_RISCV : PROCESSOR_OTHER;
}

int processor_rank(bool is_arm, const char *name, size_t length)
{
	const char *const *names = is_arm ? arm_processors : riscv_processors;

	for (int i = 0; names[i] != NULL; i++) {
		if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
			return i;
		}
	}
	return -1;
}

const char *processor_list(bool is_arm)
{
	return is_arm ? "cortex-m3 or cortex-m0" : "rv32imac, or one with fewer extensions";
}
