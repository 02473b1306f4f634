#pragma once

#include <tools/tbf/pack.h>

#include <getopt.h>

/* The options of a command line that say how programs are packed: those of all tools that do it. */

#define PACK_OPTIONS_CODE_MIN 512 /* for getopt_long; lower ones are the tool's own */

struct pack_options {
	struct pack_request request; /* its name is NULL if none was given */
	const char *given;           /* an option that was, the name aside; NULL: none was */
	struct tbf_permission *permissions;
	struct tbf_region *regions;
	struct tbf_storage storage;
};

/* All but --name, for --help. */
extern const char pack_options_help[];

/* `argc` is main's: there are no more permissions and regions than arguments. */
void pack_options_start(struct pack_options *self, int argc);

void pack_options_release(struct pack_options *self);

/* What getopt_long is to know: these options and the tool's `own`. The caller frees it. */
struct option *pack_options_beside(const struct option *own);

/* False: it is none of these options. Refuses a wrong value. */
bool pack_options_take(struct pack_options *self, int code, const char *value);

/* Refuses what cannot be an application's name. */
void pack_options_check_name(const char *name);
