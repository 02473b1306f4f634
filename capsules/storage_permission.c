/* Reads the list where it lies, in the application's header; the kernel has seen to it that it is whole
 * (kernel/identity.h): u32 write id, u16 n, n ids to read, u16 m, m ids to modify. */

#include <capsules/storage_permission.h>

enum {
	READ_LIST = 4, /* offset */
	IDS_MAX = 8,   /* of one list */
};

static uint32_t u16_at(struct read_span span, uint32_t at)
{
	return read_span_get(span, at) | (uint32_t)read_span_get(span, at + 1) << 8;
}

static uint32_t u32_at(struct read_span span, uint32_t at)
{
	return u16_at(span, at) | u16_at(span, at + 2) << 16;
}

static bool list_has(struct read_span span, uint32_t list, uint32_t label)
{
	uint32_t count = minimum(u16_at(span, list), IDS_MAX);

	for (uint32_t i = 0; i < count; i++) {
		if (u32_at(span, list + 2 + 4 * i) == label) {
			return true;
		}
	}
	return false;
}

/* Behind the list to read. */
static uint32_t modify_list(struct read_span span)
{
	return READ_LIST + 2 + 4 * u16_at(span, READ_LIST);
}

/* What the policy says before the lists are looked at. */
enum answer {
	ANSWER_NO,
	ANSWER_YES,
	ANSWER_BY_LIST,
};

static enum answer policy_answer(enum storage_policy policy, struct process_id id,
				 struct read_span span, uint32_t label)
{
	uint32_t own = process_short_id(id);

	if (own == 0 || label == 0) {
		return ANSWER_NO;
	}
	switch (policy) {
	case STORAGE_POLICY_OWN:
		return own == label ? ANSWER_YES : ANSWER_NO;
	case STORAGE_POLICY_HEADER:
		return read_span_length(span) > 0 ? ANSWER_BY_LIST : ANSWER_NO;
	default:
		return ANSWER_NO;
	}
}

bool storage_permission_may_read(enum storage_policy policy, struct process_id id, uint32_t label)
{
	struct read_span span = process_storage_permissions(id);
	enum answer answer = policy_answer(policy, id, span, label);

	return answer == ANSWER_YES ||
	       (answer == ANSWER_BY_LIST && list_has(span, READ_LIST, label));
}

bool storage_permission_may_modify(enum storage_policy policy, struct process_id id, uint32_t label)
{
	struct read_span span = process_storage_permissions(id);
	enum answer answer = policy_answer(policy, id, span, label);

	return answer == ANSWER_YES ||
	       (answer == ANSWER_BY_LIST && list_has(span, modify_list(span), label));
}

uint32_t storage_permission_label(enum storage_policy policy, struct process_id id)
{
	struct read_span span = process_storage_permissions(id);
	uint32_t own = process_short_id(id);
	enum answer answer = policy_answer(policy, id, span, own);

	if (answer == ANSWER_YES || (answer == ANSWER_BY_LIST && u32_at(span, 0) != 0)) {
		return own;
	}
	return 0;
}
