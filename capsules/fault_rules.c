#include <capsules/fault_rules.h>

static bool is_name(struct read_span name, struct read_span other)
{
	uint32_t length = read_span_length(name);

	if (length != read_span_length(other) || length > FAULT_RULE_NAME) {
		return false;
	}
	for (uint32_t i = 0; i < minimum(length, FAULT_RULE_NAME); i++) {
		if (read_span_get(name, i) != read_span_get(other, i)) {
			return false;
		}
	}
	return true;
}

static struct fault_decision follow(const struct fault_rule *rule, uint32_t restarts)
{
	return (struct fault_decision){
	    .action = restarts < rule->restarts ? FAULT_ACTION_RESTART : rule->after,
	    .is_silent = rule->is_silent,
	};
}

static struct fault_decision fault_rules_decide(struct fault_rules *self,
						const struct faulted_process *process)
{
	FOR_EACH(const struct fault_rule, rule, self->by_name) {
		if (is_name(process->name, rule->name)) {
			return follow(rule, process->restarts);
		}
	}
	return follow(self->for_all, process->restarts);
}

FAULT_POLICY_IMPLEMENT(fault_rules, struct fault_rules, fault_policy, .decide = fault_rules_decide);

void fault_rules_init(struct fault_rules *self, const struct fault_rule *for_all KEEP)
{
	self->for_all = for_all;
	for (uint32_t i = 0; i < FAULT_RULES_MAX; i++) {
		self->by_name[i] = NULL;
	}
	self->count = 0;
	fault_policy_bind(&self->fault_policy, &fault_rules_fault_policy_operations);
}

void fault_rules_add(struct fault_rules *self, const struct fault_rule *rule KEEP)
{
	self->by_name[self->count] = rule;
	self->count++;
}
