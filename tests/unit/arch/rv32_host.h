#pragma once

#include "pmp_entries.h"

/* What the kernel has written into the PMP. */
extern struct pmp rv32_host_pmp;
