#pragma once

#include <tools/object_check/object.h>

/* Names that an object may refer to: one a line in a file. */
struct names {
	char **items;
	size_t count;
};

void names_read(struct names *names, const char *path);
bool names_hold(const struct names *names, const char *name);

/* Complains about sections that hold more than code and constants. */
void sections_check(const struct object *object);

/* Complains about symbols: undefined ones that are not of the API, nor helpers of the compiler;
 * defined ones that others could take for theirs; and weak, indirect, common or absolute ones. */
void symbols_check(const struct object *object, const char *prefix, const struct names *api);

/* Complains about a use of a name of the API that is not a call of that function from its start. */
void relocations_check(const struct object *object);
