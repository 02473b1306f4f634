#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What mutants.py puts into the sources of a program: questions whether a mutant is on. Each also
 * notes that the mutant was reached with something that it would change. */

/* A statement to leave out, or one of two expressions. */
bool mutation(unsigned number);

/* The condition's value: number taken for true, number + 1 for false. */
bool mutation_condition(unsigned number, bool value);

/* What to add to a number: number one more, number + 1 (if count is 2) one less. */
int mutation_offset(unsigned number, unsigned count);

/* What a switch goes by: number + i is the mutant without label i. */
long long mutation_case(unsigned number, long long value, unsigned count, const long long *labels);

/* A text that matches nothing when the mutant is on; in a table, or where it is asked for. */
void mutation_text_add(unsigned number, char *text, bool in_table);
