/* The board's resume client is told when a process goes on. */

#include "process.h"
#include <kernel/resume_client.h>

void resume_begin(void)
{
	kernel.resume_grant = kernel.board->resume_client->private_grant->private_index;
}

bool resume_changes(void)
{
	uint32_t attention = kernel_attention;

	if (kernel.resume_told) {
		return false;
	}
	kernel.resume_told = true;
	resume_client_resuming(kernel.board->resume_client, kernel.running->id);
	return kernel_attention != attention;
}
