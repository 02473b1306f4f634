#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* Completion codes: what `main` returns, or exit_terminate and exit_restart are given. The kernel keeps them and the
 * reports show them (ABI: 0 is success, 1 to 1023 an error code, from 1024 on the application's own).
 *
 *   return COMPLETION_SUCCESS;
 *   return completion_of(ipc_discover("lamp", &lamp));
 *   return COMPLETION_APPLICATION(7); */

enum {
	COMPLETION_SUCCESS = 0,
	COMPLETION_OWN = 1024 /* the first of the application's own */
};

#define COMPLETION_APPLICATION(number) (COMPLETION_OWN + (number))

static inline int completion_of(enum error_code error)
{
	return (int)error;
}

/* The name of an error code as the ABI spells it, "NOMEM"; "?" for a number that is none. */
const char *error_name(enum error_code error);

LINKAGE_C_END
