#pragma once

#include <stdint.h>

/* What must end a process. */
struct final_attack {
	const char *name;
	void (*run)(void);
};

enum {
	FINAL_ATTACKS = 8
};

extern const struct final_attack final_attacks[FINAL_ATTACKS];
