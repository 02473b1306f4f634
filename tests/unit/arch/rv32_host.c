/* The rest of the RV32 architecture, on the host: its control registers are variables. pmp.c is
 * compiled here, with CSR_WRITE leading to them, and so is context.c. */

#include "rv32_host.h"

#include <arch/rv32/rv32.h>

#undef CSR_READ
#define CSR_READ(name) (CSR_##name)
#undef CSR_WRITE
#define CSR_WRITE(name, value) (CSR_##name = (value))
#define CSR_mepc               program_counter
#define CSR_pmpaddr0           rv32_host_pmp.addresses[0]
#define CSR_pmpaddr1           rv32_host_pmp.addresses[1]
#define CSR_pmpaddr2           rv32_host_pmp.addresses[2]
#define CSR_pmpaddr3           rv32_host_pmp.addresses[3]
#define CSR_pmpaddr4           rv32_host_pmp.addresses[4]
#define CSR_pmpaddr5           rv32_host_pmp.addresses[5]
#define CSR_pmpaddr6           rv32_host_pmp.addresses[6]
#define CSR_pmpaddr7           rv32_host_pmp.addresses[7]
#define CSR_pmpaddr8           rv32_host_pmp.addresses[8]
#define CSR_pmpaddr9           rv32_host_pmp.addresses[9]
#define CSR_pmpaddr10          rv32_host_pmp.addresses[10]
#define CSR_pmpaddr11          rv32_host_pmp.addresses[11]
#define CSR_pmpaddr12          rv32_host_pmp.addresses[12]
#define CSR_pmpaddr13          rv32_host_pmp.addresses[13]
#define CSR_pmpcfg0            (writes++, rv32_host_pmp.configuration)[0]
#define CSR_pmpcfg1            (share_writes++, rv32_host_pmp.configuration)[1]
#define CSR_pmpcfg2            rv32_host_pmp.configuration[2]
#define CSR_pmpcfg3            rv32_host_pmp.configuration[3]

struct pmp rv32_host_pmp;
struct context *rv32_live;

static uint32_t writes, share_writes;
static uint32_t program_counter; /* of nobody: no process is ever in the processor */

#include <arch/rv32/context.c>

#include <arch/rv32/pmp.c>

void host_set_granules(uint32_t flash, uint32_t ram)
{
	(void)flash;
	(void)ram;
}

uint32_t host_share_writes(void)
{
	return share_writes;
}

uint32_t host_protection_writes(void)
{
	return writes;
}

enum host_access host_access(uint32_t address)
{
	return pmp_access(&rv32_host_pmp, address);
}

uint32_t host_edges(uint32_t edges[HOST_EDGES_MAX])
{
	return pmp_edges(&rv32_host_pmp, edges);
}

void host_set_stack_pointer(struct context *context, uint32_t stack_pointer)
{
	context->registers[CONTEXT_X(2)] = stack_pointer;
}

bool host_can_call(const struct context *context)
{
	(void)context;
	return true;
}

uint32_t host_frame_bytes(void)
{
	return 0;
}
