#pragma once

#include <instructions.h>
#include <memory_map.h>
#include <stdbool.h>
#include <stdint.h>
#include <system_call.h>

/* One file of this folder is one attack: a comment that says what it tries and what must be seen,
 * and the function itself.
 *
 *     // Writes over the kernel's variables.
 *     // EXPECT: fault
 *     ATTACK("write_kernel_ram")
 *     {
 *             poke(KERNEL_RAM, 0);
 *             return SURVIVED;
 *     }
 *
 * An EXPECT line, or EXPECT(<arch>) where architectures differ, says how it must end; a line ONLY:
 * <arch> that it is for that one alone; a line WITH: <application> that it needs another beside it.
 *
 *   fault      the kernel stops the process; nothing after "attack NAME: begin" is printed
 *   survives   what it does is harmless or allowed: "attack NAME: SURVIVED"
 *   refused    the kernel said no each time, with the documented error: "attack NAME: REFUSED"
 *
 * "attack NAME: BREACH why" is never right. */
enum outcome {
	SURVIVED,
	REFUSED,
	BREACH,
};

struct attack_texts {
	const char *begin;
	const char *survived;
	const char *refused;
	const char *name;
};

extern const struct attack_texts attack_texts;

/* All texts are in flash, complete: printing them shares no RAM, so that an attack may still move
 * the break as it likes. */
#define ATTACK(name_text)                                                                          \
	const struct attack_texts attack_texts = {"attack " name_text ": begin\n",                 \
						  "attack " name_text ": SURVIVED\n",              \
						  "attack " name_text ": REFUSED\n", name_text};   \
	enum outcome attack(void)

enum outcome attack(void);

/* Prints the attack's name and what it could do. Returns BREACH. */
enum outcome breach(const char *what);

/* REFUSED if the result is this error, with the two values passed handed back where the variant has
 * them; else prints what came instead and returns BREACH. */
enum outcome must_refuse(struct system_call_return result, enum error_code error, const char *what);

/* Memory accesses the compiler knows nothing about. */
uint32_t peek(uint32_t address);
void poke(uint32_t address, uint32_t value);
void jump(uint32_t address);

/* Addresses of the attacker's own, and of a neighbour: the application in slot 0, or in slot 1 for
 * the attacker in slot 0. */
uint32_t other_flash(void);
uint32_t other_ram(void);
uint32_t app_break(void);

/* Moves the break as far up as the kernel lets it. Returns where the kernel's part begins. */
uint32_t break_to_grants(void);
