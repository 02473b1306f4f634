#pragma once

#include <kernel/capsule.h>
#include <kernel/fault_policy.h>

/* What becomes of applications that fault: a rule for all of them, and others by name.
 *
 * A rule says how many new lives a process is given, and what then:
 *
 *     panic at once                 {.after = FAULT_ACTION_PANIC}
 *     stop, in silence              {.after = FAULT_ACTION_STOP, .is_silent = true}
 *     stop, with a report           {.after = FAULT_ACTION_STOP}
 *     restart, for ever             {.restarts = FAULT_RULE_FOR_EVER, .after = FAULT_ACTION_STOP}
 *     restart 7 times, then stop    {.restarts = 7, .after = FAULT_ACTION_STOP}
 *     restart 7 times, then panic   {.restarts = 7, .after = FAULT_ACTION_PANIC}
 *
 *   Z1  A process gets the rule that was added with its name, or else the rule for all. Names are
 *       compared whole; one longer than FAULT_RULE_NAME bytes has no rule of its own.
 *   Z2  All restarts of a process count, also those that it asked for itself.
 *   Z3  A name is what an application says of itself: anybody can take any. Rules by name are for
 *       applications whose origin is checked otherwise.
 *
 * RAM: 11 words. */
enum {
	FAULT_RULE_FOR_EVER = UINT32_MAX,
	FAULT_RULES_MAX = 8,  /* by name */
	FAULT_RULE_NAME = 64, /* bytes */
};

struct fault_rule {
	struct read_span name; /* of the application; not looked at in the rule for all */
	uint32_t restarts;
	enum fault_action after;
	bool is_silent; /* no report, whatever is done */
};

struct fault_rules {
	struct fault_policy fault_policy;
	const struct fault_rule *for_all;
	const struct fault_rule *by_name[FAULT_RULES_MAX];
	uint32_t count;
};

/* Rules are constants that live for ever. */
void fault_rules_init(struct fault_rules *self, const struct fault_rule *for_all KEEP);

/* For boards, while they start. Traps when there are FAULT_RULES_MAX already. */
void fault_rules_add(struct fault_rules *self, const struct fault_rule *rule KEEP);
