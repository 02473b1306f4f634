/* Buffers of one process that another can reach.
 *
 * All that is known about a share is in the receiver's memory: the life and the allow slot that it
 * came from, and what that slot held. Nobody has to tell of an end: before a process runs, its
 * shares are compared with the slots they came from, and one whose sender's life is over, or whose
 * slot holds something else, is dropped. A slot lies in a grant, which stays where it is as long as the
 * life does; the break of the sender stays above what it ever shared. */

#include "process.h"
#include <kernel/share.h>
#include <stddef.h>

_Static_assert(sizeof(struct shares) % 8 == 0, "memory_take() gives multiples of 8");

static const struct process *share_sender(const struct share *share)
{
	const struct process *sender = process_find(share->sender);

	return sender != NULL && process_is_alive(sender) ? sender : NULL;
}

static bool share_holds(const struct share *share)
{
	return share_sender(share) != NULL && share->slot->address == share->buffer.address &&
	       share->slot->length == share->buffer.length;
}

/* Drops those that have ended, and the one that came from `slot`, if any. */
static void shares_drop(struct shares *shares, const struct allowed *slot)
{
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		if (!share_holds(&shares->shares[i]) || shares->shares[i].slot == slot) {
			shares->shares[i] = (struct share){0};
			shares->ranges[i] = (struct protection_share){0};
		}
	}
}

/* Those of the process, which has them from now on; NULL: it has no memory left. */
static struct shares *shares_have(struct process *self)
{
	uint32_t place = process_place(self, self->kernel_break - sizeof(struct shares));

	if (self->shares == 0 && place <= UINT16_MAX &&
	    memory_take(self, sizeof(struct shares)) != NULL) {
		self->shares = (uint16_t)place;
	}
	return process_shares(self);
}

/* Lets the process reach the buffer. False: there is no room, or the hardware cannot. */
static bool share_begin(struct process *self, const struct share *share)
{
	struct protection_share range;

	struct shares *shares = shares_have(self);

	if (shares == NULL ||
	    !protection_set_share(&range, share->buffer.address, share->buffer.length)) {
		return false;
	}
	kernel_attention |= ATTENTION_PROTECTION;
	shares_drop(shares, share->slot);
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		struct share *place = &shares->shares[i];

		if (place->slot == NULL) {
			*place = *share;
			shares->ranges[i] = range;
			return true;
		}
	}
	return false;
}

void share_accept(struct process *self, struct upcall *upcall)
{
	struct share share = {
	    .sender = {upcall->arguments[0]},
	    .slot = (const struct allowed *)(uintptr_t)upcall->arguments[1],
	};

	upcall->arguments[0] = process_id_slot(share.sender);
	upcall->arguments[1] = 0;
	if (share_sender(&share) == NULL) {
		return;
	}
	share.buffer = *share.slot;
	if (share.buffer.length != 0 && share_begin(self, &share)) {
		upcall->arguments[1] = share.buffer.length;
		upcall->arguments[2] = share.buffer.address;
	}
}

void share_apply(struct process *self)
{
	static const struct shares none;

	struct shares *shares = process_shares(self);

	kernel.shares_applied = shares != NULL;
	if (shares == NULL) {
		protection_apply_shares(none.ranges);
		return;
	}
	shares_drop(shares, NULL);
	protection_apply_shares(shares->ranges);
}

enum error_code share_notify(struct grant_access access, uint32_t slot, uint32_t receiver,
			     uint32_t number, const struct process_share_capability *capability)
{
	const struct process *sender = access.private_process;
	const struct grant_layout *layout = access.private_grant->private_layout;

	(void)capability;
	if (!process_is_alive(sender) || !grant_access_is_open(access)) {
		return ERROR_NODEVICE;
	}
	if (slot >= layout->read_write || number >= layout->upcalls ||
	    receiver >= kernel.board->process_slots) {
		return ERROR_INVAL;
	}

	struct process *process = kernel.board->processes[receiver];
	const struct allowed *buffer = grant_read_write(sender, access.private_grant, slot);
	struct protection_share range;

	if (process == NULL || process == sender) {
		return ERROR_INVAL;
	}
	if (!process_is_alive(process)) {
		return ERROR_NODEVICE;
	}
	if (buffer->length != 0 && !protection_set_share(&range, buffer->address, buffer->length)) {
		return ERROR_SIZE;
	}

	const struct upcall upcall = {
	    .grant = access.private_grant->private_index,
	    .number = (uint8_t)number,
	    .shares = true,
	    .arguments = {sender->id.private_value, (uint32_t)(uintptr_t)buffer},
	};

	return upcall_add(process, &upcall);
}

/* A place is empty, or its sender, as long as it lives, still has the buffer in its own memory. */
static bool share_invariant_holds(const struct share *share, bool is_running)
{
	const struct process *sender = share_sender(share);

	if (sender == NULL) {
		return !is_running || share->slot == NULL;
	}
	return (!is_running || share_holds(share)) && share->buffer.length != 0 &&
	       share->buffer.address >= sender->ram_start &&
	       share->buffer.address <= sender->shared_end &&
	       share->buffer.length <= sender->shared_end - share->buffer.address;
}

bool shares_invariant_holds(const struct process *self)
{
	const struct shares *shares = process_shares(self);

	for (uint32_t i = 0; i < PROTECTION_SHARES && shares != NULL; i++) {
		if (!share_invariant_holds(&shares->shares[i], self == kernel.running)) {
			return false;
		}
	}
	return true;
}
